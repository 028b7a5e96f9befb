import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../domain/event.ts';
import type { HistoryTools } from '../../domain/history.ts';
import { answered, plan, seat, task } from '../../testing/builders.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { sqliteHistory } from './sqlite-history.ts';

const tools: HistoryTools = { now: () => 5, holder: 'me', isGone: () => false };
const started = { type: 'run-started', task: task('kept'), atMs: 1 } as const;

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'history-')), 'history.db');
});
afterEach(() => rmSync(dirname(path), { recursive: true }));

/** A file as the program of a version made it, with one run. */
function madeByVersion(version: number): void {
  const database = new DatabaseSync(path);
  for (const statements of migrations.slice(0, version)) database.exec(statements);
  database.exec(`PRAGMA application_id = ${0x6d6d6f68}; PRAGMA user_version = ${version}`);
  database.exec(
    `INSERT INTO runs (id, started_ms, task_text, task_key, holder, lease_ms, fence)
     VALUES ('old', 1, 'kept', 'key', 'gone', 0, 1)`,
  );
  database
    .prepare('INSERT INTO events (run_id, number, at_ms, event_key, body) VALUES (?, 1, 1, ?, ?)')
    .run('old', 'run-started', JSON.stringify({ type: 'run-started', task: task('kept') }));
  database.close();
}

describe('openDatabase()', () => {
  test.each(migrations.map((_, index) => index + 1))(
    'keeps what a program of version %i has written',
    async (version) => {
      madeByVersion(version);
      const store = sqliteHistory(path, tools);
      expect(await store.list({})).toMatchObject([{ id: 'old', text: 'kept' }]);
      expect(await store.take('old')).toMatchObject({ status: 'taken' });
      await store.close();
      const database = openDatabase(path);
      expect(database.prepare('PRAGMA user_version').get()).toEqual({
        user_version: migrations.length,
      });
      database.close();
    },
  );

  test('makes a file that only its owner can read', () => {
    openDatabase(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('leaves nothing of a deleted run behind, neither in the file nor in its log', async () => {
    const store = sqliteHistory(path, tools);
    const secret = { ...started, task: task('a secret task') };
    const { id, append } = await store.begin(secret);
    await append({ type: 'run-ended', status: 'failed', atMs: 2 });
    const holds = (): boolean =>
      [path, `${path}-wal`].some((file) => readFileSync(file).includes('a secret task'));
    expect(holds()).toBe(true);
    await store.remove([id]);
    expect(holds()).toBe(false);
    await store.close();
  });

  test('writes its schema as the first version has it', () => {
    const database = openDatabase(path);
    const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE sql <> ''`).all();
    database.close();
    const names = rows.map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(['runs', 'runs_by_start', 'runs_by_task', 'events']);
  });
});

/** The events of one run that ended, as a program of the first version kept them. */
function endedByFirstVersion(id: string, startedMs: number): void {
  const database = new DatabaseSync(path);
  database
    .prepare(
      `INSERT INTO runs (id, started_ms, ended_ms, status, task_text, task_key, holder, lease_ms, fence)
       VALUES (?, ?, 9, 'complete', 'kept', 'key', 'gone', 0, 1)`,
    )
    .run(id, startedMs);
  const one = seat('primary-1', 'a');
  const events: readonly StoredEvent[] = [
    { type: 'run-started', task: task('kept') },
    { type: 'plan-made', value: plan([one]) },
    { type: 'attempt-ended', seat: one.id, value: answered(one, 'x') },
    { type: 'run-ended', status: 'complete' },
  ];
  const insert = database.prepare(
    'INSERT INTO events (run_id, number, at_ms, event_key, body) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [index, event] of events.entries()) {
    insert.run(id, index + 1, startedMs, String(index), JSON.stringify(event));
  }
  database.close();
}

describe('credits()', () => {
  test('counts what a program of the first version has kept, also beside one that is damaged', async () => {
    madeByVersion(1);
    endedByFirstVersion('whole', 1);
    endedByFirstVersion('broken', 2);
    const database = new DatabaseSync(path);
    database.exec(
      `UPDATE events SET body = '{"type":"plan-made"}' WHERE run_id = 'broken' AND number = 2`,
    );
    database.close();
    const store = sqliteHistory(path, tools);
    const { counts, uncounted } = await store.credits({});
    expect(uncounted).toBe(0);
    expect(counts).toMatchObject([{ runner: 'a', result: 'uncompared', count: 1 }]);
    expect((await store.credits({})).counts).toEqual(counts);
    await store.close();
  });

  test('counts anew what won for meeting what was shown beside other answers, and leaves the rest', async () => {
    madeByVersion(4);
    for (const id of ['alone', 'beside', 'compared']) endedByFirstVersion(id, 1);
    const database = new DatabaseSync(path);
    database.exec(`
      UPDATE runs SET credited = 1;
      INSERT INTO credit_kinds (id, category, runner, result, basis) VALUES
        (1, 'general', 'a', 'won', 'verified'), (2, 'general', 'b', 'lost', 'text');
      INSERT INTO credits (run_id, seat, kind, started_ms) VALUES
        ('alone', 'primary-1', 1, 1),
        ('beside', 'primary-1', 1, 1), ('beside', 'primary-2', 2, 1),
        ('compared', 'primary-1', 2, 1), ('compared', 'primary-2', 2, 1)`);
    database.close();
    const store = sqliteHistory(path, tools);
    const { counts } = await store.credits({});
    await store.close();
    const found = counts.map(({ runner, result, count }) => [runner, result, count]);
    expect(found.toSorted()).toEqual([
      ['a', 'uncompared', 1],
      ['a', 'won', 1],
      ['b', 'lost', 3],
    ]);
  });

  test('counts so many runs of before in one call, the newest first, and says how many are left', async () => {
    madeByVersion(1);
    const database = new DatabaseSync(path);
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
      INSERT INTO runs (id, started_ms, ended_ms, status, task_text, task_key, holder, lease_ms, fence)
      SELECT 'run' || i, i, 9, 'failed', 'kept', 'key', 'gone', 0, 1 FROM n`);
    database.close();
    const store = sqliteHistory(path, tools);
    expect((await store.credits({})).uncounted).toBe(100);
    expect((await store.credits({})).uncounted).toBe(0);
    await store.close();
  });
});

describe('a history that cannot be used', () => {
  const untouched = (expected: object): void => {
    const before = readFileSync(path);
    expect(() => sqliteHistory(path, tools)).toThrow(expect.objectContaining(expected));
    expect(readFileSync(path).equals(before)).toBe(true);
  };

  test('is left as it is when it is of a later version', () => {
    openDatabase(path).close();
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    untouched({
      code: 'bad-history',
      message: expect.stringContaining(`it is of version ${migrations.length + 1}`),
    });
  });

  test('is left as it is when it is another program’s', () => {
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE notes (text TEXT)');
    database.close();
    untouched({ message: expect.stringContaining('the database of another program') });
  });

  test.skipIf(process.platform === 'win32')(
    'is refused when it is a pipe, which nobody reads',
    () => {
      execFileSync('mkfifo', [path]);
      const message = expect.stringContaining('it is a device or a pipe');
      expect(() => sqliteHistory(path, tools)).toThrow(expect.objectContaining({ message }));
    },
  );

  test('is left as it is when it is no database', () => {
    writeFileSync(path, 'a letter to a friend\n'.repeat(100));
    untouched({ code: 'bad-history', message: expect.stringContaining('damaged') });
  });

  test('is said to be damaged when a page of it is', async () => {
    const store = sqliteHistory(path, tools);
    for (let count = 0; count < 20; count++) {
      await store.begin({ ...started, task: task('x'.repeat(5000)) });
    }
    await store.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 4096, bytes.length));
    const damaged = sqliteHistory(path, tools);
    await expect(damaged.list({})).rejects.toMatchObject({
      code: 'bad-history',
      hint: expect.stringContaining('Nothing was changed'),
    });
    await damaged.close();
    expect(existsSync(path)).toBe(true);
  });
});
