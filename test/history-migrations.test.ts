import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordOf } from '../src/app/record-of.ts';
import { migrations } from '../src/history/sqlite/migrations.ts';
import { sqliteHistory } from '../src/history/sqlite/sqlite-history.ts';
import { resultOf } from '../src/report/result.ts';

/** What each migration was when it was released, in their order; a line is added with a release, and never changed. */
const released = ['a7658fcecca0672b0c51ca8da19e89c119bc0f25b4ad13846e17ddcb9fee65d2'];

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  path = join(folder, 'history.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Makes the file that the program of a version left behind: one run that ended, and one that was killed. */
function leftBy(version: number): void {
  const dump = readFileSync(new URL(`fixtures/history-${version}.sql`, import.meta.url), 'utf8');
  const database = new DatabaseSync(path);
  database.exec(dump);
  database.close();
}

const open = () =>
  sqliteHistory(path, { now: () => 1_795_500_000_000, holder: 'this', isGone: () => false });

function inFile(query: string): readonly unknown[] {
  const database = new DatabaseSync(path);
  try {
    return database.prepare(query).all().flatMap(Object.values);
  } finally {
    database.close();
  }
}

test.each(released.map((hash, index) => [index + 1, hash] as const))(
  'migration %i is the one that was released',
  (version, hash) => {
    const statements = migrations[version - 1] ?? '';
    expect(createHash('sha256').update(statements).digest('hex')).toBe(hash);
  },
);

describe.each(released.map((_, index) => index + 1))('a history of version %i', (version) => {
  test('is brought to the present version, with everything that it holds', async () => {
    leftBy(version);
    const before = inFile('SELECT body FROM events ORDER BY run_id, number');
    const store = open();
    expect(await store.list({})).toMatchObject([
      { text: 'Multiply two numbers', state: 'interrupted', chosen: null },
      { text: 'Add two numbers', state: 'complete', chosen: 'codex' },
    ]);
    await store.close();
    expect(inFile('PRAGMA user_version')).toEqual([migrations.length]);
    expect(inFile('PRAGMA integrity_check')).toEqual(['ok']);
    expect(inFile('PRAGMA foreign_key_check')).toEqual([]);
    expect(inFile('SELECT body FROM events ORDER BY run_id, number')).toEqual(before);
  });

  test('has the same indexes and tables then as one that is made', async () => {
    const schema = 'SELECT name, sql FROM sqlite_schema ORDER BY name';
    leftBy(version);
    await open().close();
    const migrated = inFile(schema);
    rmSync(path);
    await open().close();
    expect(migrated).toEqual(inFile(schema));
  });

  test('shows a run that had ended, finds it, goes on with one that had not, and removes both', async () => {
    leftBy(version);
    const store = open();
    const [killed, ended] = await store.list({});
    if (!killed || !ended) throw new Error('there are two runs');
    const record = recordOf(ended.id, (await store.events(ended.id)) ?? []);
    expect(resultOf(record, { replay: false })).toMatchObject({
      consensusCode: 'def add(a, b):\n    return a + b',
      metadata: { status: 'complete' },
    });
    expect(await store.list({ text: 'TWO numbers' })).toHaveLength(2);
    expect(await store.list({ text: 'add t' })).toMatchObject([{ id: ended.id }]);
    const taking = await store.take(killed.id);
    expect(taking).toMatchObject({ status: 'taken', run: { past: [{}, { type: 'plan-made' }] } });
    if (taking.status === 'taken') await taking.run.release();
    expect(await store.remove([killed.id, ended.id])).toHaveLength(2);
    await store.close();
    expect(inFile('SELECT count(*) FROM events')).toEqual([0]);
  });
});
