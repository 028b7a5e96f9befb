import { describe, expect, test } from 'vitest';
import type { AskContext, Progress, Prompt } from '../domain/runner.ts';
import { describeRunner } from './describe-runner.ts';
import { conformance, type RunnerScenario } from './runner-scenarios.ts';
import { answers, fails, hangs, type Script, scriptedRunner } from './scripted-runner.ts';
import { virtualClock } from './virtual-clock.ts';

const scripts: Readonly<Record<RunnerScenario, Script>> = {
  answers: [answers(conformance.answer, { chunks: [...conformance.answer], costUsd: 0.01 })],
  echoes: ({ text }) => answers(`You said: ${text}`),
  hangs: [hangs('Let me think')],
  empty: [answers('')],
  breaks: [fails('broken-stream', { chunks: ['Half an ans'] })],
  fails: [fails('unauthorized', { message: 'HTTP 401: the key is not valid', status: 401 })],
  unreachable: [fails('network')],
};

describeRunner('scripted', (scenario) => scriptedRunner('scripted', scripts[scenario]), {
  describe,
  test,
});
describeRunner(
  'scripted, not streaming',
  (scenario) => scriptedRunner('scripted', scripts[scenario], { streaming: false }),
  { describe, test },
);

const prompt: Prompt = { system: 'Be brief.', text: 'Hello' };
const context = (change: Partial<AskContext> = {}): AskContext => ({
  signal: new AbortController().signal,
  limitMs: 1000,
  report: () => undefined,
  ...change,
});

test('scriptedRunner() gives its replies in turn and the last one from then on', async () => {
  const runner = scriptedRunner('codex', [fails('overloaded'), answers('one'), answers('two')]);
  const outcomes = [];
  for (let request = 0; request < 4; request += 1) {
    outcomes.push(await runner.ask(prompt, context()));
  }
  expect(outcomes).toMatchObject([
    { failure: { kind: 'overloaded' } },
    { text: 'one' },
    { text: 'two' },
    { text: 'two' },
  ]);
});

test('scriptedRunner() keeps what it was asked and how many requests were at once', async () => {
  const clock = virtualClock();
  const runner = scriptedRunner('codex', [answers('yes', { delayMs: 10 })], { clock });
  const both = [1, 2].map((n) => runner.ask({ ...prompt, text: `${n}` }, context()));
  await clock.advance(10);
  await Promise.all(both);
  expect(runner.prompts.map(({ text }) => text)).toEqual(['1', '2']);
  expect(runner.mostAtOnce).toBe(2);
});

test('scriptedRunner() answers when the delay has passed on the clock, and not before', async () => {
  const clock = virtualClock();
  const reports: Progress[] = [];
  const runner = scriptedRunner('codex', [answers('yes', { delayMs: 500 })], { clock });
  const asked = runner.ask(prompt, context({ report: (progress) => reports.push(progress) }));
  await clock.advance(499);
  expect(reports).toEqual([]);
  await clock.advance(1);
  expect(reports).toEqual([{ type: 'text', text: 'yes' }]);
  expect(await asked).toMatchObject({ status: 'answered', text: 'yes' });
});

test('scriptedRunner() gives a failure when the script throws', async () => {
  const runner = scriptedRunner('codex', () => {
    throw new Error('no reply for this');
  });
  expect(await runner.ask(prompt, context())).toEqual({
    status: 'failed',
    failure: { kind: 'unknown', message: 'The script threw: no reply for this' },
  });
});
