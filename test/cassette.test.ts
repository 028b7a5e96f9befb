import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Orchestrator } from '../src/index.ts';
import { packageFile } from '../src/lib/package-file.ts';
import {
  acceptance,
  code,
  type Ended,
  isForTests,
  models,
  openPlace,
  type Place,
} from './cli-process.ts';

const task = 'Add two numbers';
const record = ['--record', 'tape.jsonl'];
const replay = ['--replay', 'tape.jsonl'];

/** What a result says that a replay has to say as well. */
function essence({ stdout }: Ended) {
  const { metadata, outputs, consensus_code, validation, verification } = JSON.parse(stdout);
  const { chosen, rule, rankings } = metadata;
  const rows = outputs.map((output: Record<string, unknown>) => [
    output['seat'],
    output['model'],
    output['raw_output'],
    output['failure_kind'],
    output['attempts'],
  ]);
  return { chosen, rule, rankings, rows, consensus_code, validation, verification };
}

function keysIn(place: Place, file: string): readonly unknown[] {
  return tape(place, file)
    .flatMap(({ kind, key }) => (kind === 'take' ? [key] : []))
    .toSorted();
}

function tape(place: Place, file = 'tape.jsonl'): readonly Record<string, unknown>[] {
  const text = readFileSync(join(place.folder, file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe.concurrent('orchestrator --record and --replay', () => {
  test('play a run again without asking anybody, failures and retries included', async () => {
    await using place = await openPlace({
      codex: [{ status: 503 }, { text: 'It is `1`' }],
      grok: { status: 401 },
    });
    const ask = [task, '--mode', 'complex', '--models', 'codex', 'claude-code', 'grok', '--json'];
    const validated = [...ask, '--validators', 'gemini', '--no-history'];
    const first = await place.ask([...validated, ...record]);
    const asked = place.server.requests.length;
    const again = await place.ask([...validated, ...replay], { env: { CI: '1' } });
    expect(place.server.requests).toHaveLength(asked);
    expect(essence(again)).toEqual(essence(first));
    expect(again.status).toBe(first.status);
    const { metadata, outputs } = JSON.parse(again.stdout);
    expect(metadata.replay).toBe(true);
    expect(outputs.map(({ source }: { source: string }) => source)).not.toContain('model');
  });

  test('plan the seats as they were recorded, where no model can be asked', async () => {
    await using place = await openPlace();
    const gone = { type: 'command', command: ['/nowhere/claude'], prompt: 'stdin' };
    const config = ['--config', place.configure({ 'claude-code': gone })];
    const ask = [...config, task, '--json', '--no-history'];
    const first = await place.run([...ask, ...record]);
    expect(JSON.parse(first.stdout).metadata.substitutions).toHaveLength(1);
    await place.server.close();
    const again = await place.run([...ask, ...replay]);
    expect(essence(again)).toEqual(essence(first));
  });

  test('name what is not recorded and what is closest, and fail though others answered', async () => {
    await using place = await openPlace();
    const others = ['--models', 'codex', 'grok', '--no-history'];
    await place.ask([task, ...others.slice(0, 2), '--no-history', ...record]);
    const asked = place.server.requests.length;
    const added = await place.ask([task, ...others, ...replay]);
    expect(added).toMatchObject({ status: 2, stdout: code });
    expect(added.stderr).toContain(
      'does not hold what grok was asked, "Add two numbers": nothing of this model',
    );
    const changed = await place.ask(['Add two dates', '--models', 'codex', ...replay]);
    expect(changed.status).toBe(2);
    expect(changed.stderr).toContain(
      'another prompt in line 1: "Add two numbers" in place of "Add two dates"',
    );
    expect(place.server.requests).toHaveLength(asked);
  });

  test('together ask and record what is missing, but not in continuous integration', async () => {
    await using place = await openPlace();
    const one = [task, '--models', 'codex', '--no-history'];
    const two = [task, '--models', 'codex', 'grok', '--no-history'];
    await place.ask([...one, ...record]);
    const inCi = await place.ask([...two, ...record, ...replay], { env: { CI: 'true' } });
    expect(inCi.status).toBe(2);
    expect(place.server.requests).toHaveLength(1);
    const both = await place.ask([...two, '--json', ...record, ...replay]);
    const sources = JSON.parse(both.stdout).outputs.map(({ source }: { source: string }) => source);
    expect(sources).toEqual(['cassette', 'model']);
    expect(place.server.requests).toHaveLength(2);
    expect((await place.ask([...two, ...replay], { env: { CI: 'true' } })).status).toBe(0);
    expect(place.server.requests).toHaveLength(2);
  });

  test('keep the samples of a model apart', async () => {
    await using place = await openPlace({
      codex: [{ text: 'First' }, { text: 'Second' }, { text: 'Third' }],
    });
    const ask = [task, '--models', 'codex', '--samples', '3', '--json', '--no-history'];
    const first = await place.ask([...ask, ...record]);
    const again = await place.ask([...ask, ...replay]);
    expect(essence(again)).toEqual(essence(first));
    expect(tape(place).filter(({ kind }) => kind === 'prompt')).toHaveLength(1);
    const repeats = tape(place).flatMap(({ repeat }) => (repeat === undefined ? [] : [repeat]));
    expect(repeats.toSorted()).toEqual([1, 2, 3]);
  });

  test('play time that was up and answers of a later recording without waiting', async () => {
    await using place = await openPlace({
      codex: [{ fault: 'hang-in-stream', text: 'Half of an answer' }, { text: 'Whole' }],
    });
    const ask = [task, '--models', 'codex', '--json', '--no-history'];
    const first = await place.ask([...ask, '--timeout', '1', ...record]);
    const again = await place.ask([...ask, '--timeout', '60', ...replay]);
    expect(essence(again)).toEqual(essence(first));
    const [output] = JSON.parse(again.stdout).outputs;
    expect(output).toMatchObject({ failure_kind: 'timed-out' });
    expect(output.execution_time).toBeLessThan(1);
    await place.ask([...ask, ...record]);
    const last = await place.ask([...ask, ...replay]);
    expect(JSON.parse(last.stdout).outputs).toMatchObject([{ raw_output: 'Whole' }]);
  });

  test('hold no key and no header', async () => {
    const key = 'sk-very-secret-0123456789';
    await using place = await openPlace({ codex: { status: 401, message: `Wrong key: ${key}` } });
    const config = place.configure({
      codex: {
        type: 'openai-compatible',
        baseURL: place.server.baseUrl.replace('//', '//user:hidden@'),
        model: 'codex',
        apiKeyEnv: 'MY_KEY',
        headers: { 'x-secret': 'header-secret' },
        maxOutputTokens: 500,
      },
    });
    const ask = ['--config', config, task, '--models', 'codex', '--no-history'];
    await place.run([...ask, ...record], { env: { MY_KEY: key } });
    const text = readFileSync(join(place.folder, 'tape.jsonl'), 'utf8');
    expect(text).toContain('unauthorized');
    expect(text).not.toMatch(/very-secret|hidden|header-secret/);
    const [take] = tape(place).filter(({ kind }) => kind === 'take');
    expect(take).toMatchObject({ model: 'codex', params: { maxOutputTokens: 500 } });
  });

  test('let several processes record to one file', async () => {
    await using place = await openPlace();
    const tasks = Array.from({ length: 6 }, (_, index) => `Add ${index} to a number`);
    const ask = (text: string): string[] => [text, '--models', 'codex', '--no-history'];
    await Promise.all(tasks.map((text) => place.ask([...ask(text), ...record])));
    const takes = tape(place).filter(({ kind }) => kind === 'take');
    expect(takes).toHaveLength(6);
    expect(tape(place)[0]).toMatchObject({ format: 'multi-model-orchestrator/cassette' });
    const played = await Promise.all(tasks.map((text) => place.ask([...ask(text), ...replay])));
    expect(played.map(({ status }) => status)).toEqual(tasks.map(() => 0));
    expect(place.server.requests).toHaveLength(6);
  });

  test('pass over a torn line, and say of a file that is none in one line what it is', async () => {
    await using place = await openPlace();
    const ask = [task, '--models', 'codex', '--no-history'];
    await place.ask([...ask, ...record]);
    const file = join(place.folder, 'tape.jsonl');
    appendFileSync(file, '{"kind":"take","key":"0');
    await place.ask(['Another', ...ask.slice(1), ...record]);
    expect((await place.ask([...ask, ...replay])).status).toBe(0);
    expect((await place.ask(['Another', ...ask.slice(1), ...replay])).status).toBe(0);
    const whole = readFileSync(file, 'utf8');
    const refused = async (text: string): Promise<string> => {
      writeFileSync(file, text);
      const { status, stderr } = await place.ask([...ask, ...replay]);
      expect(status).toBe(2);
      return stderr;
    };
    expect(await refused(whole.replace('"version":1', '"version":9'))).toContain(
      'its version is 9; wanted a cassette of version 1',
    );
    expect(await refused('{"runs": []}\n')).toContain('its first line is no header of a cassette');
    expect(await refused(whole.replace('"kind":"answer"', '"kind":"song"'))).toMatch(/line \d+: /);
    const missing = await place.ask([...ask, '--replay', 'none.jsonl']);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toMatch(/^Cannot use .*none\.jsonl: there is no such file;/);
    expect(existsSync(join(place.folder, 'none.jsonl'))).toBe(false);
  });

  test('play tests, reviews and reviews that were asked for twice', async () => {
    await using place = await openPlace({ gemini: [{ text: 'fine' }, { text: acceptance }] });
    const ask = [task, '--mode', 'medium', '--json', '--no-history'];
    const first = await place.ask([...ask, ...record]);
    const asked = place.server.requests.length;
    expect(asked).toBeGreaterThan(3);
    const again = await place.ask([...ask, ...replay]);
    expect(essence(again)).toEqual(essence(first));
    expect(again.stderr).not.toContain('not recorded');
    expect(place.server.requests).toHaveLength(asked);
    expect(place.server.requests.some(({ body }) => isForTests(JSON.stringify(body)))).toBe(
      tape(place).some(({ system }) => isForTests(String(system))),
    );
  });

  test('find every request of a run whose answers are run: its prompts hold nothing random', async () => {
    await using place = await openPlace();
    const path = packageFile('recordings/demo.json');
    const demo = models.map((as) => [as, { type: 'replay', path, as }]);
    const config = place.configure(Object.fromEntries(demo));
    const text = JSON.parse(readFileSync(path, 'utf8')).tasks[0].text;
    const ask = ['--config', config, '--mode', 'complex', '--json', '--no-history', '-t', '30'];
    const run = (how: string, file: string): Promise<Ended> =>
      place.run([...ask, how, file, '--', [text].flat().join('\n')]);
    const first = await run('--record', 'tape.jsonl');
    const keys = keysIn(place, 'tape.jsonl');
    await run('--record', 'second.jsonl');
    expect(keysIn(place, 'second.jsonl')).toEqual(keys);
    expect(keys.length).toBeGreaterThan(5);
    const again = await run('--replay', 'tape.jsonl');
    expect(essence(again)).toEqual(essence(first));
    expect(JSON.parse(again.stdout).evidence).toEqual(JSON.parse(first.stdout).evidence);
  });
});

describe('new Orchestrator({ record, replay })', () => {
  test('records, replays, and rejects with the result where something is not recorded', async () => {
    await using place = await openPlace();
    const codex = { type: 'openai-compatible', baseURL: place.server.baseUrl, model: 'm' } as const;
    const config = { runners: { codex }, models: ['codex'], localServers: false } as const;
    const file = join(place.folder, 'tape.jsonl');
    const recorded = await new Orchestrator({ config, record: file }).run(task);
    const replayed = await new Orchestrator({ config, replay: file }).run(task);
    expect(replayed.consensusCode).toBe(recorded.consensusCode);
    expect(replayed.metadata.replay).toBe(true);
    const orch = new Orchestrator({ config, replay: file });
    await expect(orch.run('Another task')).rejects.toMatchObject({
      code: 'no-recording',
      message: expect.stringContaining('the closest recorded request has another prompt in line 1'),
      result: { outputs: [{ failureKind: 'not-recorded' }] },
    });
    expect(place.server.requests).toHaveLength(1);
    expect(() => new Orchestrator({ record: file, replay: 'other.jsonl' })).toThrow(
      'wanted one file for both',
    );
  });
});
