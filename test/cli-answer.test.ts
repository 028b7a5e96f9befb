import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { acceptance, answer, code, isForTests, openPlace, type Place } from './cli-process.ts';

const schemaText = readFileSync(new URL('../schema/result.schema.json', import.meta.url), 'utf8');
const isResult = new Ajv2020({ strict: false }).compile(JSON.parse(schemaText));
const result = (stdout: string) => {
  const value = JSON.parse(stdout);
  expect(isResult(value), JSON.stringify(isResult.errors)).toBe(true);
  return value;
};

/** The models that were asked for tests, or for anything else, in the order in which they were. */
function askedFor({ server }: Place, tests: boolean): readonly string[] {
  return server.requests
    .filter(({ body }) => isForTests(JSON.stringify(body)) === tests)
    .map(({ body }) => String(Object(body).model));
}

describe.concurrent('orchestrator "task"', () => {
  test('prints the answer alone on stdout in a pipe and ends with 0', async () => {
    await using place = await openPlace();
    const ended = await place.ask(['Add two numbers']);
    expect(ended).toEqual({ status: 0, stdout: code, stderr: '' });
  });

  test('asks two models and then one validator by default', async () => {
    await using place = await openPlace();
    await place.ask(['Build a REST API endpoint']);
    const asked = askedFor(place, false);
    expect(askedFor(place, true)).toEqual(['gemini']);
    expect(asked.slice(0, 2).toSorted()).toEqual(['claude-code', 'codex']);
    expect(asked.slice(2)).toEqual(['gemini']);
  });

  test('prints one JSON object that the schema allows, and nothing else, with --json', async () => {
    await using place = await openPlace();
    const ended = await place.ask(['--json', 'Build a REST API endpoint', '--mode', 'complex']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    const { outputs, ...rest } = result(ended.stdout);
    expect(rest).toMatchObject({ mode: 'complex', category: 'backend' });
    expect(rest.consensus_code).toBe(code.trimEnd());
    expect(outputs.map(({ model }: { model: string }) => model)).toEqual([
      'claude-code',
      'codex',
      'gemini',
      'grok',
    ]);
  });

  test('asks exactly the models and validators that are named', async () => {
    await using place = await openPlace();
    const ended = await place.ask(['Add', '--models', 'grok', '--validators', 'gemini', 'codex']);
    expect(ended).toMatchObject({ status: 0, stdout: code });
    expect(askedFor(place, false).toSorted()).toEqual(['codex', 'gemini', 'grok']);
    expect(askedFor(place, true).toSorted()).toEqual(['codex', 'gemini']);
  });

  test('asks no validator for tests with --no-model-tests', async () => {
    await using place = await openPlace();
    expect(await place.ask(['Build an API', '--no-model-tests'])).toMatchObject({ status: 0 });
    expect(askedFor(place, true)).toEqual([]);
  });

  test('sends the context files with the task', async () => {
    await using place = await openPlace();
    place.write('calc.py', 'BASE_OF_ALL = 10\n');
    await place.ask(['Add', '--models', 'codex', '--context', 'calc.py']);
    expect(JSON.stringify(place.server.requests[0]?.body)).toContain('BASE_OF_ALL');
  });

  test('tells every step on stderr with --verbose', async () => {
    await using place = await openPlace();
    const ended = await place.ask(['Build a REST API endpoint', '--verbose']);
    expect(ended).toMatchObject({ status: 0, stdout: code });
    expect(ended.stderr).toMatch(/^plan {2}medium, backend: claude-code and codex to answer/);
    expect(ended.stderr).toContain('gemini  accept');
  });
});

/** A model that cannot be asked here. */
const missing = { type: 'command', command: ['no-such-program-here'], prompt: 'stdin' };

describe.concurrent('orchestrator, when models fail', () => {
  test('ends a hung request by --timeout, keeps its row and ends with 3', async () => {
    await using place = await openPlace({ codex: { fault: 'hang-before-headers' } });
    const ended = await place.ask(['Build an API', '--timeout', '2', '--json', '--retries', '0']);
    expect(ended.status).toBe(3);
    expect(ended.stderr).toContain('codex failed: Timeout');
    const { outputs, execution_time } = result(ended.stdout);
    expect(outputs[1]).toMatchObject({ model: 'codex', success: false, failure_kind: 'timed-out' });
    expect(execution_time).toBeLessThan(30);
    const hung = place.server.requests.find(({ body }) => Object(body).model === 'codex');
    expect(await hung?.closed).toBe('closed-by-client');
  });

  test('ends with 3 and names a validator that failed', async () => {
    await using place = await openPlace({ gemini: { status: 401 } });
    const ended = await place.ask(['Build an API']);
    expect(ended).toMatchObject({ status: 3, stdout: code });
    expect(ended.stderr).toMatch(/^gemini \(validator\) failed: Not authorized/m);
  });

  test('ends with 3 and names a validator without a review that can be read', async () => {
    await using place = await openPlace({ gemini: [{ text: 'Fine!' }, { text: 'Fine!' }] });
    const ended = await place.ask(['Build an API']);
    expect(ended).toMatchObject({ status: 3, stdout: code });
    expect(ended.stderr).toMatch(/^gemini \(validator\): No review/m);
  });

  test('asks again as often as --retries says, after the time that the vendor asks for', async () => {
    const busy = { status: 429, headers: { 'retry-after': '1' } };
    await using place = await openPlace({ codex: [busy, { status: 429 }, { text: answer }] });
    const ended = await place.ask(['Add', '--models', 'codex', '--retries', '2', '--json']);
    expect(ended.status).toBe(0);
    expect(result(ended.stdout).outputs[0]).toMatchObject({ success: true, attempts: 3 });
    const times = place.server.requests.map(({ atMs }) => atMs);
    expect(times).toHaveLength(3);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('asks once where asking again cannot help', async () => {
    await using place = await openPlace({ codex: { status: 401 } });
    const ended = await place.ask(['Add', '--models', 'codex', '--retries', '2']);
    expect(ended.status).toBe(4);
    expect(place.server.requests).toHaveLength(1);
  });

  test('ends with 4 and names each cause and remedy when nobody answered', async () => {
    await using place = await openPlace({ codex: { status: 401 }, grok: { status: 404 } });
    const args = ['Add', '--models', 'codex', 'grok', '--retries', '0', '--json'];
    const ended = await place.ask(args);
    expect(ended.status).toBe(4);
    expect(ended.stderr).toMatch(
      /^No model answered\ncodex failed: .+\. .+\ngrok failed: .+\. .+\n/,
    );
    expect(result(ended.stdout)).toMatchObject({ consensus_code: '', validation: null });
  });

  test('leaves stdout empty when nobody answered', async () => {
    await using place = await openPlace({ codex: { status: 401 } });
    expect(await place.ask(['Add', '--models', 'codex'])).toMatchObject({ status: 4, stdout: '' });
  });

  test('names a stand-in on stderr and ends with 0', async () => {
    await using place = await openPlace();
    const config = place.configure({ 'claude-code': missing });
    const ended = await place.run(['Build an API', '--config', config, '--json']);
    expect(ended.stderr).toBe('Asking grok in place of claude-code: not installed\n');
    expect(ended.status).toBe(0);
    expect(result(ended.stdout).metadata.substitutions).toMatchObject([
      { planned: 'claude-code', runner: 'grok', because: 'not-installed' },
    ]);
  });

  test('asks no stand-in with --strict and ends with 3', async () => {
    await using place = await openPlace();
    const config = place.configure({ 'claude-code': missing });
    const ended = await place.run(['Build an API', '--config', config, '--strict']);
    expect(ended).toMatchObject({ status: 3, stdout: code });
    expect(ended.stderr).toMatch(/^claude-code failed: /m);
  });

  test('says that a person should look where a validator rejects', async () => {
    const rejection = acceptance.replace('accept', 'reject');
    await using place = await openPlace({ gemini: { text: rejection } });
    const ended = await place.ask(['Build an API']);
    expect(ended).toMatchObject({ status: 0, stdout: code });
    expect(ended.stderr).toMatch(/^A person should look: /m);
  });
});

describe.concurrent('orchestrator, when it is interrupted', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('cancels at %s, still prints the JSON and ends with %i', async (signal, status) => {
    await using place = await openPlace({ codex: { fault: 'hang-before-headers' } });
    const args = ['--config', place.config, 'Add', '--models', 'codex', '--json'];
    const { child, ended } = place.start(args);
    const request = await place.server.received(1);
    child.kill(signal);
    expect(await request.closed).toBe('closed-by-client');
    const { stdout, ...rest } = await ended;
    expect(rest).toEqual({ status, stderr: 'Cancelled\n' });
    expect(result(stdout)).toMatchObject({
      outputs: [{ model: 'codex', success: false, failure_kind: 'cancelled' }],
      metadata: { status: 'cancelled' },
    });
  });

  test('prints nothing on stdout after Ctrl-C without --json', async () => {
    await using place = await openPlace({ codex: { fault: 'hang-in-stream' } });
    const { child, ended } = place.start(['--config', place.config, 'Add', '--models', 'codex']);
    await place.server.received(1);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ status: 130, stdout: '' });
  });

  test('ends quietly when the reader of its stdout has gone', async () => {
    await using place = await openPlace({ codex: { text: answer, latencyMs: 50 } });
    const { child, ended } = place.start(['--config', place.config, 'Add', '--models', 'codex']);
    const closed = once(child, 'close');
    child.stdout.destroy();
    await expect(ended).rejects.toThrow('Premature close');
    expect(await closed).toEqual([0, null]);
  });
});
