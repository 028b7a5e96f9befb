import { describe, expect, test } from 'vitest';
import { code, type Ended, openPlace, type Place, type StartOptions } from '../cli-process.ts';
import { noPostgres, type PostgresDatabase, postgresDatabase } from './postgres-database.ts';

const because = noPostgres();
const runsIn = ({ stdout }: Ended) => JSON.parse(stdout).runs;
const task = ['Add two numbers', '--models', 'codex'];

/** A place whose runs are kept in a database of its own, by what the environment says. */
interface KeepingPlace extends AsyncDisposable {
  readonly place: Place;
  readonly database: PostgresDatabase;
  readonly options: StartOptions;
  run(...args: readonly string[]): Promise<Ended>;
}

async function openKeeping(replies: Parameters<typeof openPlace>[0] = {}): Promise<KeepingPlace> {
  const [place, database] = [await openPlace(replies), await postgresDatabase()];
  const env = { ORCHESTRATOR_HISTORY: database.url, PGPASSWORD: database.password };
  return {
    place,
    database,
    options: { env },
    run: (...args) => place.run([...args, '--config', place.config], { env }),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(because)(`a history in PostgreSQL${because ? `, skipped: ${because}` : ''}`, () => {
  test('is listed, shown, exported, decided again and deleted as one in a file', async () => {
    await using here = await openKeeping();
    const ran = await here.run(...task, '--json');
    expect(ran.status, ran.stderr).toBe(0);
    const [run] = runsIn(await here.run('history', 'TWO', '--json'));
    expect(run).toMatchObject({ status: 'complete', task: 'Add two numbers', chosen: 'codex' });
    const shown = await here.run('show', run.id.slice(0, 5), '--json');
    expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(ran.stdout));
    const lines = (await here.run('export')).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ run: run.id, number: 1 });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: { type: 'run-ended' } });
    const again = runsIn(await here.run('redecide', '--all', '--json'));
    expect(again).toMatchObject([{ id: run.id, changed: false }]);
    expect(await here.run('delete', run.id)).toMatchObject({ stderr: 'Deleted 1 of 1 run\n' });
    expect(await here.database.query('SELECT * FROM orchestrator.events')).toEqual([]);
  });

  test('lets a run go on whose process was killed, repeating no finished call', async () => {
    await using here = await openKeeping({ gemini: [{ fault: 'hang-in-stream' }] });
    const { place, options } = here;
    const both = ['Add two numbers', '--models', 'codex', 'gemini', '--config', place.config];
    const running = place.start(both, options);
    await place.server.received(2);
    await here.database.until(
      `SELECT FROM orchestrator.events WHERE event_key LIKE 'attempt-ended %'`,
    );
    running.child.kill('SIGKILL');
    await running.ended;
    const [run] = runsIn(await here.run('history', '--json'));
    expect(run).toMatchObject({ status: 'interrupted', ended_at: null });
    const resumed = await here.run('resume', '--last', '--json');
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.stdout).metadata).toMatchObject({ run_id: run.id });
    const asked = place.server.requests.map(({ body }) => Object(body).model);
    expect(asked.toSorted()).toEqual(['codex', 'gemini', 'gemini']);
    expect(await here.run(...both.slice(0, 4), '--resume')).toMatchObject({ stdout: code });
  });

  test('takes the runs of several processes that begin it at once', async () => {
    await using here = await openKeeping();
    const runs = await Promise.all(Array.from({ length: 4 }, () => here.run(...task)));
    expect(runs.map(({ status, stderr }) => `${status} ${stderr}`.slice(0, 2))).toEqual(
      runs.map(() => '0 '),
    );
    expect(runsIn(await here.run('history', '--json'))).toHaveLength(4);
  });

  test('is found by a file that names the variable of the password, which is shown nowhere', async () => {
    await using here = await openKeeping();
    const { place, database } = here;
    const history = { url: database.url, passwordEnv: 'MY_PASSWORD' };
    place.write('mine.json', JSON.stringify({ history }));
    const args = ['history', '--json', '--config', 'mine.json'];
    const missing = await place.run(args);
    expect(missing.stderr).toBe(
      `Cannot use the history ${database.url}: MY_PASSWORD is not set, wanted the password in it\n`,
    );
    const env = { MY_PASSWORD: database.password };
    expect(runsIn(await place.run(args, { env }))).toEqual([]);
    place.write(
      'mine.json',
      JSON.stringify({ history: { ...history, url: 'postgres://a:sesame@b/c' } }),
    );
    const refused = await place.run(args, { env });
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('no password in it');
    expect(refused.stderr).not.toContain('sesame');
  });

  test('is not taken from the file of a project that is not trusted', async () => {
    await using here = await openKeeping();
    const { place, database } = here;
    place.write('orchestrator.config.json', JSON.stringify({ history: { url: database.url } }));
    const listed = await place.run(['history', '--json'], {
      env: { PGPASSWORD: database.password },
    });
    expect(listed.stderr).toContain('not trusted');
    expect(await database.query(`SELECT to_regnamespace('orchestrator') AS found`)).toEqual([
      { found: null },
    ]);
  });

  test('is refused in one line that shows no password, before anybody is asked', async () => {
    await using here = await openKeeping();
    const { place, database } = here;
    const at = async (url: string) => {
      const ended = await place.ask([...task, '--history', url]);
      expect(ended).toMatchObject({ status: 2, stdout: '' });
      expect(ended.stderr).not.toContain('sesame');
      return ended.stderr;
    };
    const address = new URL(database.url);
    const changed = (change: Partial<URL>): string =>
      Object.assign(new URL(address), { password: 'sesame', ...change }).href;
    expect(await at(changed({}))).toMatch(
      /^Cannot use the history postgres:\/\/tester@127.0.0.1:\d+\/\w+: the server does not let .*\n$/,
    );
    expect(await at(database.url)).toContain('does not let this user in');
    expect(await at(changed({ port: '1' }))).toContain('no server answers there');
    const right = { password: database.password };
    expect(await at(changed({ ...right, pathname: '/none' }))).toContain('no such database');
    expect(await at('postgres://a:sesame@b:x/c')).toContain('an address that cannot be read');
    expect(place.server.requests).toEqual([]);
  });
});
