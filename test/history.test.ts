import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { code, type Ended, openPlace, type Place, type Running } from './cli-process.ts';

const execFileAsync = promisify(execFile);

const here = ['--history', 'runs.db'];
const ask = ['Add two numbers', '--models', 'codex', ...here];
const runsIn = ({ stdout }: Ended) => JSON.parse(stdout).runs;
const withConfig = (place: Place, args: readonly string[]): string[] => [
  ...args,
  ...here,
  '--config',
  place.config,
];

/** Starts a run and kills it while its only model answers. */
async function interrupted(place: Place): Promise<void> {
  const running = place.start(['--config', place.config, ...ask]);
  await killWhenAsked(place, 1, running);
}

async function killWhenAsked(place: Place, count: number, running: Running): Promise<void> {
  await place.server.received(count);
  running.child.kill('SIGKILL');
  await running.ended;
}

describe.concurrent('orchestrator history', () => {
  test('shows a run as it was shown when it ended', async () => {
    await using place = await openPlace();
    const ran = await place.ask([...ask, '--json']);
    const [run] = runsIn(await place.run(['history', '--json', ...here]));
    expect(run).toMatchObject({ status: 'complete', task: 'Add two numbers', chosen: 'codex' });
    const shown = await place.run(withConfig(place, ['show', run.id.slice(0, 5), '--json']));
    expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(ran.stdout));
    expect((await place.run(withConfig(place, ['show']))).stdout).toBe(code);
  });

  test('lists and finds, the newest first', async () => {
    await using place = await openPlace({ grok: { status: 401 } });
    await place.ask(ask);
    await place.ask(['Explain it', '--models', 'grok', ...here]);
    const list = async (...args: string[]) =>
      runsIn(await place.run(['history', '--json', ...here, ...args]));
    expect((await list()).map(({ task }: { task: string }) => task)).toEqual([
      'Explain it',
      'Add two numbers',
    ]);
    expect(await list('two')).toHaveLength(1);
    expect(await list('--status', 'failed')).toMatchObject([{ task: 'Explain it' }]);
    expect(await list('--since', '1h', '--limit', '1')).toHaveLength(1);
    const table = await place.run(['history', ...here]);
    expect(table.stdout).toMatch(/^RUN .*\n\w{10} .* failed .* Explain it\n\w{10} .*complete/);
  });

  test('deletes a run with everything that was kept of it', async () => {
    await using place = await openPlace();
    await place.ask(ask);
    const [{ id }] = runsIn(await place.run(['history', '--json', ...here]));
    const deleted = await place.run(['delete', id, ...here]);
    expect(deleted).toMatchObject({ status: 0, stderr: 'Deleted 1 of 1 run\n' });
    expect(readFileSync(join(place.folder, 'runs.db'), 'latin1')).not.toContain('two numbers');
    const again = await place.run(['delete', id, ...here]);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain(`Cannot find run "${id}"`);
  });

  test('exports every event as a line of JSON', async () => {
    await using place = await openPlace();
    await place.ask(ask);
    const { stdout } = await place.run(['export', ...here]);
    const lines = stdout.trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows[0]).toMatchObject({ version: 1, number: 1, event: { type: 'run-started' } });
    expect(rows.at(-1)).toMatchObject({ number: rows.length, event: { type: 'run-ended' } });
  });

  test('decides again from what was kept, asking nobody', async () => {
    await using place = await openPlace();
    await place.ask(['Add two numbers', ...here]);
    const count = place.server.requests.length;
    const again = await place.run(['redecide', '--all', '--json', ...here]);
    expect(runsIn(again)).toMatchObject([{ changed: false, before: { chosen: 'claude-code' } }]);
    // What a version with another rule would have stored.
    const database = new DatabaseSync(join(place.folder, 'runs.db'));
    database.exec(
      `UPDATE events SET body = json_set(body, '$.value.chosen', 'primary-2', '$.value.rule', 'none')
       WHERE event_key = 'decision-made'`,
    );
    database.close();
    const changed = await place.run(['redecide', '--all', ...here]);
    expect(changed.stdout).toMatch(/^\w{10} {2}changed {2}codex \(none\) to claude-code \(/);
    expect(place.server.requests).toHaveLength(count);
  });

  test('decides exported runs again, a file or a folder of them, without any history', async () => {
    await using place = await openPlace();
    await place.ask(['Add two numbers', ...here]);
    await place.ask(['Add three numbers', ...here]);
    const count = place.server.requests.length;
    const { stdout } = await place.run(['export', ...here]);
    place.write('runs.jsonl', stdout);
    const again = await place.run(['redecide', 'runs.jsonl', '--history', 'no/such/place.db']);
    expect(again.stdout).toMatch(/^(\w{10} {2}same {5}claude-code \(.*\)\n){2}$/);
    expect(again.stderr).toBe('0 of 2 changed\n');
    mkdirSync(join(place.folder, 'kept/below'), { recursive: true });
    place.write('kept/below/a.jsonl', stdout);
    place.write('kept/b.jsonl', stdout.replaceAll('"chosen":"primary-1"', '"chosen":"primary-2"'));
    place.write('kept/notes.txt', 'no export');
    const folder = await place.run(['redecide', 'kept']);
    expect(folder.stdout.match(/changed {2}codex \(.*\) to claude-code/g)).toHaveLength(2);
    expect(folder.stderr).toBe('2 of 4 changed: 2 to another answer\n');
    expect(place.server.requests).toHaveLength(count);
  });

  test('says of a file that is no export what it is, and decides nothing of it', async () => {
    await using place = await openPlace();
    const refused = async (text: string): Promise<string> => {
      place.write('odd.jsonl', text);
      const { status, stderr, stdout } = await place.run(['redecide', 'odd.jsonl']);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      return stderr;
    };
    expect(await refused('{"name": "a package"}\n')).toMatch(
      /^Cannot decide the runs of .*odd\.jsonl again: line 1 is no event of a run; wanted what orchestrator export writes\n/,
    );
    expect(await refused('')).toContain('it is empty');
    const line = '{"version":7,"run":"a","number":1,"at":"2026-01-01T00:00:00Z","event":{}}';
    expect(await refused(line)).toContain('line 1 is of version 7');
    const late = line
      .replace(':7', ':1')
      .replace(':1,"at"', ':4,"at"')
      .replace('{}', '{"type":"x"}');
    expect(await refused(late)).toContain('line 1 is number 4 of run a, expected 1');
    const missing = await place.run(['redecide', 'none.jsonl']);
    expect(missing).toMatchObject({ status: 2 });
    expect(missing.stderr).toContain('there is no such file; wanted');
  });

  test('keeps nothing with --no-history', async () => {
    await using place = await openPlace();
    const env = { XDG_DATA_HOME: join(place.folder, 'data') };
    await place.ask(['Add', '--models', 'codex', '--no-history'], { env });
    expect(existsSync(join(place.folder, 'data'))).toBe(false);
    await place.ask(['Add', '--models', 'codex'], { env });
    expect(runsIn(await place.run(['history', '--json'], { env }))).toHaveLength(1);
  });

  test('keeps no key that a model was asked with', async () => {
    const key = 'sk-very-secret-0123456789';
    await using place = await openPlace({ codex: { status: 401, message: `Wrong key: ${key}` } });
    const config = place.configure({
      codex: {
        type: 'openai-compatible',
        baseURL: place.server.baseUrl,
        model: 'codex',
        apiKeyEnv: 'MY_KEY',
      },
    });
    await place.run([...ask, '--config', config], { env: { MY_KEY: key } });
    const { stdout } = await place.run(['export', ...here]);
    expect(stdout).toContain('unauthorized');
    expect(stdout).not.toContain(key);
  });
});

describe.concurrent('orchestrator resume', () => {
  test('goes on with a run whose process was killed, which is shown as interrupted until then', async () => {
    await using place = await openPlace({ codex: [{ fault: 'hang-in-stream' }] });
    await interrupted(place);
    const [run] = runsIn(await place.run(['history', '--json', ...here]));
    expect(run).toMatchObject({ status: 'interrupted', ended_at: null });
    expect((await place.run(['show', run.id, ...here])).stdout).toContain('has not ended');
    const resumed = await place.run(withConfig(place, ['resume', '--last', '--json']));
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.stdout).metadata).toMatchObject({ run_id: run.id });
    expect(place.server.requests).toHaveLength(2);
    // Once it has ended it is shown, and nobody is asked.
    const shown = await place.ask([...ask, '--resume']);
    expect(shown).toMatchObject({ status: 0, stdout: code });
    expect(place.server.requests).toHaveLength(2);
  });

  test.each([
    ['those that the run was begun with', ['--retries', '0'], []],
    ['those that it is given, over them', ['--retries', '3'], ['--retries', '0']],
  ])('keeps to the retries: %s', async (_, begun, given) => {
    const replies = [{ fault: 'hang-in-stream' }, { status: 503 }] as const;
    await using place = await openPlace({ codex: [...replies] });
    const running = place.start(withConfig(place, [...ask, ...begun]));
    await killWhenAsked(place, 1, running);
    const resumed = await place.run(withConfig(place, ['resume', '--last', ...given]));
    expect(resumed.status, resumed.stderr).toBe(4);
    expect(place.server.requests).toHaveLength(2);
  });

  test('lets exactly one of two processes go on with a run', async () => {
    const hang = { fault: 'hang-in-stream' } as const;
    await using place = await openPlace({ codex: [hang, hang, hang] });
    await interrupted(place);
    const args = withConfig(place, ['resume', '--last', '--retries', '0']);
    const both = [place.start(args), place.start(args)];
    const first = await Promise.race(both.map(({ ended }) => ended));
    expect(first.status).toBe(2);
    expect(first.stderr).toMatch(/^Cannot (go on with run|find the last run)/);
    const winner = both.find(({ child }) => child.exitCode === null);
    if (!winner) throw new Error('both ended');
    await killWhenAsked(place, 2, winner);
    expect(place.server.requests).toHaveLength(2);
  });

  test('says of a run that was cancelled what to do instead', async () => {
    await using place = await openPlace({ codex: { fault: 'hang-before-headers' } });
    const running = place.start(['--config', place.config, ...ask]);
    await place.server.received(1);
    running.child.kill('SIGINT');
    await running.ended;
    const [run] = runsIn(await place.run(['history', '--json', ...here]));
    const named = await place.run(withConfig(place, ['resume', run.id]));
    expect(named).toMatchObject({ status: 130, stdout: '' });
    expect(named.stderr).toMatch(
      new RegExp(`^Cannot go on with run ${run.id}: it was cancelled.*the same command again.*\\n`),
    );
    const last = await place.run(withConfig(place, ['resume', '--last']));
    expect(last.status).toBe(2);
    expect(last.stderr).toContain('give the same command again');
  });

  test('goes on only with models that are still configured', async () => {
    await using place = await openPlace({ mine: { fault: 'hang-in-stream' } });
    const mine = { type: 'openai-compatible', baseURL: place.server.baseUrl, model: 'mine' };
    const config = place.configure({ mine });
    const running = place.start(['Add', '--models', 'mine', ...here, '--config', config]);
    await killWhenAsked(place, 1, running);
    place.configure({});
    const refused = await place.run(withConfig(place, ['resume', '--last']));
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain('wanted mine');
    place.configure({ mine });
    const resumed = await place.run(withConfig(place, ['resume', '--last']));
    expect(resumed.status, resumed.stderr).toBe(0);
  });
});

describe.concurrent('a history in use or out of order', () => {
  test('takes the runs of ten processes at once, each with several', async () => {
    await using place = await openPlace();
    const path = join(place.folder, 'runs.db');
    const several = fileURLToPath(new URL('support/run-several.ts', import.meta.url));
    const runs = Array.from({ length: 10 }, (_, index) =>
      execFileAsync(process.execPath, [several, place.server.baseUrl, path, `${index}`]),
    );
    for (const { stderr, stdout } of await Promise.all(runs)) {
      expect([stdout, stderr]).toEqual(['', '']);
    }
    const kept = runsIn(await place.run(['history', '--json', '--limit', '100', ...here]));
    const states = kept.map(({ status }: { status: string }) => status);
    expect(states).toEqual(Array.from({ length: 40 }, () => 'complete'));
    const database = new DatabaseSync(path);
    const gaps = 'SELECT run_id FROM events GROUP BY run_id HAVING max(number) <> count(*)';
    expect(database.prepare(gaps).all()).toEqual([]);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  }, 180_000);

  test('is refused in one line before anybody is asked when it is damaged', async () => {
    await using place = await openPlace();
    place.write('runs.db', 'no database at all, but dear to somebody\n'.repeat(50));
    const ended = await place.ask(ask);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Cannot use the history .*runs\.db: it is damaged.*\n$/);
    expect(place.server.requests).toEqual([]);
    expect(readFileSync(join(place.folder, 'runs.db'), 'utf8')).toContain('dear to somebody');
  });

  test('is refused in one line when its folder cannot be written', async () => {
    await using place = await openPlace();
    place.write('file', '');
    mkdirSync(join(place.folder, 'shut'));
    chmodSync(join(place.folder, 'shut'), 0o500);
    // Whoever runs as root may write there all the same.
    const path = process.getuid?.() === 0 ? 'file/runs.db' : 'shut/runs.db';
    const ended = await place.ask(['Add', '--models', 'codex', '--history', path]);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Cannot use the history .*runs\.db: .*--no-history\n$/);
    expect(place.server.requests).toEqual([]);
  });

  test('that is full in the middle of a run costs no answer', async () => {
    const long = `x${' = 1\nx'.repeat(60_000)} = 2`;
    await using place = await openPlace({ codex: { text: `\`\`\`python\n${long}\n\`\`\`\n` } });
    place.write('limited.sh', 'ulimit -f 200\neval "exec $1"\n');
    const through = ['/bin/bash', join(place.folder, 'limited.sh')] as const;
    const ended = await place.ask(ask, { through });
    expect(ended.status).toBe(0);
    expect(ended.stdout).toBe(`${long}\n`);
    expect(ended.stderr).toMatch(
      /^The rest of run \w{10} is not kept: Cannot use the history .*\n$/,
    );
    const [run] = runsIn(await place.run(['history', '--json', ...here]));
    expect(run).toMatchObject({ status: 'interrupted' });
    const database = new DatabaseSync(join(place.folder, 'runs.db'));
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  test('that cannot even be begun on a full disk is refused in one line, and nobody is asked', async () => {
    await using place = await openPlace();
    place.write('limited.sh', 'ulimit -f 4\neval "exec $1"\n');
    const through = ['/bin/bash', join(place.folder, 'limited.sh')] as const;
    const ended = await place.ask(ask, { through });
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Cannot use the history .*runs\.db: .*--no-history\n$/);
    expect(place.server.requests).toEqual([]);
    // Nothing is left that the next run could stumble over.
    expect(await place.ask(ask)).toMatchObject({ status: 0, stdout: code });
  });

  test.runIf(process.getuid?.() !== 0)('that may only be read is refused in one line', async () => {
    await using place = await openPlace();
    await place.ask(ask);
    const before = readFileSync(join(place.folder, 'runs.db'));
    chmodSync(join(place.folder, 'runs.db'), 0o400);
    const ended = await place.ask(ask);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Cannot use the history .*\n$/);
    expect(readFileSync(join(place.folder, 'runs.db')).equals(before)).toBe(true);
  });
});

test('the version is told without loading SQLite', async () => {
  await using place = await openPlace();
  const tell = 'process.on("exit",()=>console.error(process.moduleLoadList.join()))';
  const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(tell)}` };
  expect((await place.run(['--version'], { env })).stderr).not.toContain('sqlite');
  expect((await place.run(['history', ...here], { env })).stderr).toContain('sqlite');
});
