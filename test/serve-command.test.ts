import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openPlace, type Place, type Running } from './cli-process.ts';

/** Starts a command that prints an address, and waits for it. */
async function listening(place: Place, args: readonly string[], env: Record<string, string> = {}) {
  const running: Running = place.start([...args, '--config', place.config], { env });
  // The line stays in the stream for who reads all of it.
  const [line]: string[] = await once(createInterface(running.child.stdout), 'line');
  const url = /http:\S+/.exec(line ?? '')?.[0] ?? '';
  return {
    url,
    end: async () => {
      running.child.kill('SIGTERM');
      return running.ended;
    },
  };
}

const token = 'a-token-of-mine';
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
const body = JSON.stringify({
  task: 'Add two',
  models: ['codex', 'grok'],
  merge: 'never',
  model_tests: false,
});

async function runOne(url: string): Promise<string> {
  const begun = await fetch(`${url}/api/runs?secret=query`, { method: 'POST', headers, body });
  // What the API promises of a run that is begun.
  const { id, events } = (await begun.json()) as { readonly id: string; readonly events: string };
  await (await fetch(url + events, { headers })).text();
  return id;
}

test('orchestrator serve logs a line for each request and run, without secrets and texts', async () => {
  await using place = await openPlace();
  const served = await listening(place, ['serve', '--port', '0'], { ORCHESTRATOR_TOKEN: token });
  const id = await runOne(served.url);
  await fetch(`${served.url}/api/runs`);
  const { status, stderr } = await served.end();
  expect(status).toBe(0);
  const lines = stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  expect(lines).toContainEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    method: 'POST',
    route: '/api/runs',
    status: 201,
    duration_ms: expect.any(Number),
    run: id,
    msg: 'request',
  });
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'request', route: '/api/runs/:id/events', run: id }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'request', status: 401 }));
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'run ended', run: id, status: 'complete', cost_usd: null }),
  );
  for (const text of [token, 'secret=query', 'Add two', 'def add']) {
    expect(stderr).not.toContain(text);
  }
});

test('orchestrator serve --log-level silent logs nothing, and debug each attempt', async () => {
  await using place = await openPlace();
  const silent = await listening(place, ['serve', '--port', '0', '--log-level', 'silent']);
  await runOne(silent.url);
  // A page that is not built is told of, whatever is logged.
  expect((await silent.end()).stderr.replace(/^Cannot show the page: .*\n/, '')).toBe('');
  const debug = await listening(place, ['serve', '--port', '0', '--log-level', 'debug']);
  await runOne(debug.url);
  expect((await debug.end()).stderr.match(/"attempt ended"/g)).toHaveLength(2);
});

test('orchestrator serve counts at /metrics behind the token, with runners of the settings as labels', async () => {
  await using place = await openPlace();
  const served = await listening(place, ['serve', '--port', '0'], { ORCHESTRATOR_TOKEN: token });
  await runOne(served.url);
  expect((await fetch(`${served.url}/metrics`)).status).toBe(401);
  const response = await fetch(`${served.url}/metrics`, { headers });
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await response.text();
  await served.end();
  for (const line of [
    'orchestrator_runs_total{status="complete"} 1',
    'orchestrator_runs_live 0',
    'orchestrator_event_streams_open 0',
    'orchestrator_attempts_total{runner="codex",outcome="answered"} 1',
    'orchestrator_run_duration_seconds_count{status="complete"} 1',
    'orchestrator_attempt_duration_seconds_count{runner="grok"} 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toMatch(/^orchestrator_build_info\{version="[^"]+",node="24\.[^"]+"\} 1$/m);
});

test('orchestrator open prints the address of a run on a server that has it', async () => {
  await using place = await openPlace();
  const asked = await place.ask(['Add two', '--models', 'codex', '--json']);
  const id: string = JSON.parse(asked.stdout).metadata.run_id;
  const opened = await listening(place, ['open', '--last', '--no-browser']);
  expect(opened.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/runs/${id}$`));
  const { origin } = new URL(opened.url);
  expect((await fetch(`${origin}/api/runs/${id}`)).status).toBe(200);
  expect((await opened.end()).status).toBe(0);
});

test('orchestrator open refuses a run that is not kept', async () => {
  await using place = await openPlace();
  expect(await place.run(['open', 'zzzz', '--no-browser'])).toMatchObject({
    status: 2,
    stdout: '',
  });
});

test('orchestrator serve says why where the history cannot be opened', async () => {
  await using place = await openPlace();
  place.write('file', '');
  const { status, stderr } = await place.run(['serve', '--port', '0', '--history', 'file/h.db']);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^Cannot .*h\.db/),
  });
});

test('orchestrator serve refuses with --demo what a demo does not heed', async () => {
  await using place = await openPlace();
  const given = ['serve', '--demo', '--port', '0'];
  expect(await place.run([...given, '--history', 'h.db'])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^Cannot use --history with --demo: /),
  });
});

test.each([
  ['--rate', '0'],
  ['--streams', 'x'],
  ['--log-level', 'loud'],
  ['--allow-host', 'my.name:8080'],
  ['--allow-host', 'http://my.name'],
  ['--allow-host', 'fe80::1'],
  ['--allow-host', '*.my.name'],
])('orchestrator serve refuses %s %s', async (option, value) => {
  await using place = await openPlace();
  const { status, stderr } = await place.run(['serve', option, value]);
  expect(status).toBe(2);
  expect(stderr).toContain(`Cannot use ${option} "${value}"`);
});
