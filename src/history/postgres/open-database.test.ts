import { describe, expect, test } from 'vitest';
import { noPostgres, postgresDatabase } from '../../../test/services/postgres-database.ts';
import { postgresServer } from '../../../test/services/postgres-server.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { HistoryTools } from '../../domain/history.ts';
import { answered, plan, seat, task } from '../../testing/builders.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { postgresHistory } from './postgres-history.ts';

const because = noPostgres();
const tools: HistoryTools = { now: () => 5, holder: 'me', isGone: () => false };
const started = { type: 'run-started', task: task('kept'), atMs: 1 } as const;
const ended = { type: 'run-ended', status: 'failed', atMs: 2 } as const;
const version = 'SELECT version FROM orchestrator.schema_version';

describe.skipIf(because)(`openDatabase()${because ? `, skipped: ${because}` : ''}`, () => {
  test('makes the schema once where several processes open at once', async () => {
    await using database = await postgresDatabase();
    const opened = await Promise.all(Array.from({ length: 8 }, () => openDatabase(database)));
    await Promise.all(opened.map((each) => each.close()));
    expect(await database.query(version)).toEqual([{ version: migrations.length }]);
  });

  test.each(migrations.map((_, index) => index + 1))(
    'keeps what a program of version %i has written',
    async (before) => {
      await using database = await postgresDatabase();
      const statements = migrations.slice(0, before).join('\n');
      await database.query(`
        CREATE SCHEMA orchestrator; CREATE TABLE orchestrator.schema_version (version integer NOT NULL);
        INSERT INTO orchestrator.schema_version VALUES (${before}); ${statements}
        INSERT INTO orchestrator.runs (id, started_ms, task_text, task_lower, task_key, holder, lease_ms, fence)
          VALUES ('old', 1, 'kept', 'kept', 'key', 'gone', 0, 1);
        INSERT INTO orchestrator.events (run_id, number, at_ms, event_key, body)
          VALUES ('old', 1, 1, 'run-started', '${JSON.stringify({ type: 'run-started', task: task('kept') })}')`);
      const store = await postgresHistory(database, tools);
      expect(await store.list({})).toMatchObject([{ id: 'old', text: 'kept' }]);
      expect(await store.take('old')).toMatchObject({ status: 'taken' });
      await store.close();
      expect(await database.query(version)).toEqual([{ version: migrations.length }]);
    },
  );

  test('has what won for meeting what was shown beside other answers counted anew, and leaves the rest', async () => {
    await using database = await postgresDatabase();
    const one = seat('primary-1', 'a');
    const events: readonly StoredEvent[] = [
      { type: 'plan-made', value: plan([one]) },
      { type: 'attempt-ended', seat: one.id, value: answered(one, 'x') },
      { type: 'run-ended', status: 'complete' },
    ];
    const rows = events.map((event, index) => `(${index + 1}, '${JSON.stringify(event)}')`);
    await database.query(`
      CREATE SCHEMA orchestrator; CREATE TABLE orchestrator.schema_version (version integer NOT NULL);
      INSERT INTO orchestrator.schema_version VALUES (4); ${migrations.slice(0, 4).join('\n')}
      INSERT INTO orchestrator.runs
          (id, started_ms, status, credited, task_text, task_lower, task_key, holder, lease_ms, fence)
        SELECT id, 1, 'complete', true, 'kept', 'kept', 'key', 'gone', 0, 1
        FROM unnest(ARRAY['alone', 'beside', 'compared']) AS id;
      INSERT INTO orchestrator.events (run_id, number, at_ms, body)
        SELECT id, number, 1, body FROM orchestrator.runs, (VALUES ${rows}) AS e (number, body);
      INSERT INTO orchestrator.credits (run_id, seat, category, runner, result, basis, started_ms) VALUES
        ('alone', 'primary-1', 'general', 'a', 'won', 'verified', 1),
        ('beside', 'primary-1', 'general', 'a', 'won', 'verified', 1),
        ('beside', 'primary-2', 'general', 'b', 'lost', 'text', 1),
        ('compared', 'primary-1', 'general', 'b', 'lost', 'text', 1),
        ('compared', 'primary-2', 'general', 'b', 'lost', 'text', 1)`);
    const store = await postgresHistory(database, tools);
    const { counts } = await store.credits({});
    await store.close();
    const found = counts.map(({ runner, result, count }) => [runner, result, count]);
    expect(found.toSorted()).toEqual([
      ['a', 'uncompared', 1],
      ['a', 'won', 1],
      ['b', 'lost', 3],
    ]);
  });

  test('makes commits wait for the disk where the database is told not to', async () => {
    await using database = await postgresDatabase();
    await database.query(`ALTER DATABASE ${database.name} SET synchronous_commit = off`);
    const opened = await openDatabase(database);
    const shown = { text: 'SHOW synchronous_commit', values: [], isRepeatable: true };
    expect(await opened.query(shown)).toEqual([{ synchronous_commit: 'on' }]);
    await opened.close();
  });

  const refused: readonly (readonly [why: string, before: string, says: string])[] = [
    [
      'is of a later version',
      `CREATE SCHEMA orchestrator; CREATE TABLE orchestrator.schema_version (version integer);
       INSERT INTO orchestrator.schema_version VALUES (${migrations.length + 1})`,
      `it is of version ${migrations.length + 1}, and this program knows no later one`,
    ],
    [
      'has a schema of the name with the tables of another program',
      'CREATE SCHEMA orchestrator; CREATE TABLE orchestrator.notes (text text)',
      "the schema orchestrator there is another program's",
    ],
  ];
  test.each(refused)('leaves a database as it is that %s', async (_why, before, says) => {
    await using database = await postgresDatabase();
    await database.query(before);
    const tables = `SELECT relname FROM pg_class WHERE relnamespace = 'orchestrator'::regnamespace`;
    const found = await database.query(tables);
    await expect(openDatabase(database)).rejects.toMatchObject({
      code: 'bad-history',
      message: expect.stringContaining(says),
    });
    expect(await database.query(tables)).toEqual(found);
  });

  test('refuses a database that cannot hold every letter', async () => {
    await using database = await postgresDatabase();
    const latin = `${database.name}_latin`;
    const made = `CREATE DATABASE ${latin} ENCODING LATIN1 LOCALE 'C' TEMPLATE template0`;
    await database.query(made);
    const url = database.url.replace(database.name, latin);
    await expect(openDatabase({ ...database, url })).rejects.toMatchObject({
      message: expect.stringContaining('its encoding is LATIN1'),
    });
    await database.query(`DROP DATABASE ${latin} WITH (FORCE)`);
  });

  test('refuses a user who may not make the schema, and says what is missing', async () => {
    await using database = await postgresDatabase();
    const guest = `guest_${database.name}`;
    await database.query(`CREATE USER ${guest} PASSWORD 'sesame'`);
    const url = database.url.replace('tester@', `${guest}@`);
    await expect(openDatabase({ url, password: 'sesame' })).rejects.toMatchObject({
      message: expect.stringContaining('this user may not do what is needed'),
      hint: expect.stringContaining('GRANT CREATE ON DATABASE'),
    });
    await database.query(`DROP USER ${guest}`);
  });
});

describe.skipIf(because)('a history in PostgreSQL', () => {
  test('counts leases by the time of the server', async () => {
    await using database = await postgresDatabase();
    const ahead = await postgresHistory(database, { ...tools, now: () => 9e15 });
    const behind = await postgresHistory(database, { ...tools, holder: 'other' });
    const run = await behind.begin(started);
    expect(await ahead.take(run.id)).toMatchObject({ status: 'held', holder: 'other' });
    await database.query('UPDATE orchestrator.runs SET lease_ms = lease_ms - 30000');
    expect(await ahead.take(run.id)).toMatchObject({ status: 'taken' });
    await Promise.all([ahead.close(), behind.close()]);
  });

  test('keeps what is appended while the server is started again', async () => {
    const server = await postgresServer();
    if (typeof server === 'string') throw new Error(server);
    await using _ = server;
    const database = await postgresDatabase(server.address);
    const store = await postgresHistory(database, tools);
    const run = await store.begin(started);
    await server.stop();
    const appending = run.append(ended);
    await server.start();
    await appending;
    expect(await store.events(run.id)).toEqual([started, ended]);
    await store.close();
  });

  test('knows an event again whose commit was not heard of', async () => {
    await using database = await postgresDatabase();
    const store = await postgresHistory(database, tools);
    const run = await store.begin(started);
    const { atMs, ...event } = ended;
    await database.query(
      `INSERT INTO orchestrator.events
       VALUES ('${run.id}', 2, ${atMs}, 'run-ended', '${JSON.stringify(event)}')`,
    );
    await run.append(ended);
    expect(await store.events(run.id)).toEqual([started, ended]);
    await store.close();
  });

  test('lists what PostgreSQL cannot hold as text, and finds it', async () => {
    await using database = await postgresDatabase();
    const store = await postgresHistory(database, tools);
    await store.begin({ ...started, task: task('a\0b\ud800') });
    expect(await store.list({ text: '\0B' })).toMatchObject([{ text: 'a\ufffdb\ufffd' }]);
    await store.close();
  });
});
