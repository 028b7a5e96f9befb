import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { AskContext, Progress, Prompt, Runner } from '../../domain/runner.ts';
import type { ReplaySettings } from '../../domain/runner-settings.ts';
import { describeRunner } from '../../testing/describe-runner.ts';
import { conformance, type RunnerScenario } from '../../testing/runner-scenarios.ts';
import { virtualClock } from '../../testing/virtual-clock.ts';
import { replay } from './replay.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Recorded {
  readonly text: string;
  readonly takes: readonly unknown[];
}

let files = 0;
function recordingsOf(recorded: readonly Recorded[], timeScale = 1): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  const tasks = recorded.map(({ text, takes }, index) => ({
    id: `task-${index}`,
    title: '',
    text,
    mode: 'simple',
    shows: '',
    answers: { codex: [{ takes }] },
  }));
  const head = { format: 'multi-model-orchestrator/recordings', version: 1, synthetic: true };
  writeFileSync(path, JSON.stringify({ ...head, timeScale, tasks }));
  return path;
}

function replayOf(path: string, clock = virtualClock({ auto: true })): Runner {
  const settings: ReplaySettings = {
    type: 'replay',
    path,
    as: 'codex',
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
  };
  return replay('codex', settings, { env: {}, clock });
}

const answer = (...pieces: readonly string[]): object => ({
  kind: 'answer',
  chunks: pieces.map((text) => ({ afterMs: 100, text })),
  model: 'synthetic-codex',
  usage: { inputTokens: 3, outputTokens: 4 },
  costUsd: 0.002,
});
const failure = (kind: string, change: object = {}): object => ({
  kind: 'failure',
  failure: { kind, message: `Recorded: ${kind}`, ...change },
});

const takeFor: Readonly<Record<RunnerScenario, (text: string) => object>> = {
  answers: () => answer(...conformance.answer.split(/(?<= )/)),
  echoes: (text) => answer(text.slice(0, 20), text.slice(20)),
  hangs: () => ({ kind: 'hang', chunks: [{ afterMs: 10, text: 'Let me' }] }),
  empty: () => answer(' '),
  breaks: () => ({ ...failure('broken-stream'), chunks: [{ afterMs: 10, text: 'Half an' }] }),
  fails: () => failure('unauthorized', { status: 401 }),
  unreachable: () => failure('network'),
};

describeRunner(
  'replay',
  (scenario) => {
    const prompts = Object.values(conformance.prompts);
    const recorded = prompts.map(({ text }) => ({ text, takes: [takeFor[scenario](text)] }));
    return replayOf(scenario === 'unreachable' ? join(folder, 'none') : recordingsOf(recorded));
  },
  { describe, test },
);

const prompt: Prompt = { system: '', text: 'Add' };
const context = (change: Partial<AskContext> = {}): AskContext => ({
  signal: new AbortController().signal,
  limitMs: 1000,
  report: () => undefined,
  ...change,
});

test('replay() reports each chunk at its scaled time and then answers with all of them', async () => {
  const clock = virtualClock();
  const runner = replayOf(recordingsOf([{ text: 'Add', takes: [answer('a', 'b')] }], 0.1), clock);
  const seen: [number, Progress][] = [];
  const report = (progress: Progress): unknown => seen.push([clock.elapsed(), progress]);
  const asked = runner.ask(prompt, context({ report }));
  await clock.advance(20);
  expect(seen).toEqual([
    [10, { type: 'text', text: 'a' }],
    [20, { type: 'text', text: 'b' }],
  ]);
  expect(await asked).toEqual({
    status: 'answered',
    text: 'ab',
    model: 'synthetic-codex',
    usage: { inputTokens: 3, outputTokens: 4 },
    costUsd: 0.002,
  });
});

test('replay() tells each chunk when it is due, however late the one before it was', async () => {
  const clock = virtualClock({ auto: true });
  const late: typeof clock = {
    ...clock,
    sleep: (durationMs, signal) => clock.sleep(durationMs + 50, signal),
  };
  const path = recordingsOf([{ text: 'Add', takes: [answer('a', 'b', 'c')] }]);
  const outcome = await replayOf(path, late).ask(prompt, context());
  expect(outcome).toMatchObject({ status: 'answered', text: 'abc' });
  expect(clock.elapsed()).toBe(350);
});

test('replay() plays the takes in turn, one a request, and begins again after the last', async () => {
  const recorded = [failure('rate-limited', { status: 429, retryAfterMs: 4000 }), answer('a')];
  const runner = replayOf(recordingsOf([{ text: 'Add', takes: recorded }], 0.1));
  const limited = {
    status: 'failed',
    failure: {
      kind: 'rate-limited',
      message: 'Recorded: rate-limited',
      status: 429,
      retryAfterMs: 400,
    },
  };
  expect(await runner.ask(prompt, context())).toEqual(limited);
  expect(await runner.ask(prompt, context())).toMatchObject({ text: 'a' });
  expect(await runner.ask(prompt, context())).toEqual(limited);
});

test('replay() is silent after the last chunk of a hang until the abort', async () => {
  const clock = virtualClock();
  const runner = replayOf(recordingsOf([{ text: 'Add', takes: [takeFor.hangs('')] }]), clock);
  const controller = new AbortController();
  let settled = false;
  const asked = runner.ask(prompt, context({ signal: controller.signal })).finally(() => {
    settled = true;
  });
  await clock.advance(3_600_000);
  expect(settled).toBe(false);
  controller.abort();
  expect(await asked).toMatchObject({ failure: { kind: 'cancelled' } });
});

test('replay() does not use a take up when it is cancelled before', async () => {
  const runner = replayOf(recordingsOf([{ text: 'Add', takes: [answer('a'), answer('b')] }]));
  await runner.ask(prompt, context({ signal: AbortSignal.abort() }));
  expect(await runner.ask(prompt, context())).toMatchObject({ text: 'a' });
});

test('replay() fails as bad usage, without a retry, for a task without a recording', async () => {
  const path = recordingsOf([{ text: 'Add', takes: [answer('a')] }]);
  const outcome = await replayOf(path).ask({ system: '', text: 'Subtract' }, context());
  const message = expect.stringContaining(`Cannot replay "codex": ${basename(path)} has no`);
  expect(outcome).toMatchObject({ status: 'failed', failure: { kind: 'bad-usage', message } });
});

test('replay() is available where its file holds answers of the model', async () => {
  const path = recordingsOf([{ text: 'Add', takes: [answer('a')] }]);
  expect(await replayOf(path).available()).toEqual({ status: 'available', where: path });
});

test.each([
  ['there is no file', () => join(folder, 'none.json')],
  ['the file holds no answer of the model', () => recordingsOf([])],
])('replay() is unavailable when %s', async (_, path) => {
  expect(await replayOf(path()).available()).toMatchObject({
    status: 'unavailable',
    kind: 'bad-usage',
  });
});
