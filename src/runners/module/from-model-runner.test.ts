import { describe, expect, test } from 'vitest';
import type { ExecuteContext } from '../../domain/base-model-runner.ts';
import type { AskContext, Outcome } from '../../domain/runner.ts';
import { describeRunner } from '../../testing/describe-runner.ts';
import { conformance, type RunnerScenario } from '../../testing/runner-scenarios.ts';
import { fromModelRunner, type ModelRunner } from './from-model-runner.ts';

type Execute = ModelRunner['execute'];

function ask(execute: Execute, change: Partial<AskContext> = {}): Promise<Outcome> {
  const { signal } = new AbortController();
  const context = { signal, limitMs: 10_000, report: () => undefined, ...change };
  return fromModelRunner({ name: 'mine', execute }).ask({ system: '', text: 'Hi' }, context);
}

const scenarios: Readonly<Record<RunnerScenario, Execute>> = {
  answers: async (_prompt, { onText }) => {
    onText(conformance.answer);
    return conformance.answer;
  },
  echoes: (prompt) => Promise.resolve(prompt),
  hangs: () => new Promise(() => undefined),
  empty: () => Promise.resolve(''),
  breaks: () => Promise.reject(new Error('cut off')),
  fails: () => Promise.reject(new Error('refused')),
  unreachable: () => Promise.reject(new Error('nobody is there')),
};

describe('fromModelRunner()', () => {
  describeRunner(
    'model runner',
    (scenario) => fromModelRunner({ name: 'mine', execute: scenarios[scenario] }),
    { describe, test },
  );

  test('passes on what is known of the answer', async () => {
    const usage = { inputTokens: 1, outputTokens: null };
    const answer = { text: 'Hello', model: 'm', usage, cost: 0.5 };
    expect(await ask(() => Promise.resolve(answer))).toEqual({
      status: 'answered',
      text: 'Hello',
      model: 'm',
      usage,
      costUsd: 0.5,
    });
  });

  test('gives the time in seconds, the signal, and a way to show text', async () => {
    const { signal } = new AbortController();
    const reports: unknown[] = [];
    let seen: ExecuteContext | undefined;
    await ask(
      async (_prompt, context) => {
        seen = context;
        context.onText('He');
        return 'Hello';
      },
      { signal, limitMs: 2500, report: (progress) => reports.push(progress) },
    );
    expect(seen?.timeout).toBe(2.5);
    expect(seen?.signal).toBe(signal);
    expect(reports).toEqual([{ type: 'text', text: 'He' }]);
  });

  test('names a throw unknown with its message, and an AbortError cancelled', async () => {
    const thrown = (error: unknown): Promise<Outcome> => ask(() => Promise.reject(error));
    expect(await thrown(new Error('no\nluck'))).toMatchObject({
      failure: { kind: 'unknown', message: 'no luck' },
    });
    expect(await thrown('text')).toMatchObject({ failure: { kind: 'unknown', message: 'text' } });
    expect(await thrown(new DOMException('', 'AbortError'))).toMatchObject({
      failure: { kind: 'cancelled' },
    });
  });

  test.each([undefined, 1, {}, { text: 1 }, null])('takes %o for bad usage', async (answer) => {
    // A runner in plain JavaScript may give anything.
    const execute = (() => Promise.resolve(answer)) as Execute;
    expect(await ask(execute)).toMatchObject({ failure: { kind: 'bad-usage' } });
  });
});
