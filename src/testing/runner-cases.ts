import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { failureFacts } from '../domain/failure.ts';
import type { AskContext, Outcome, Progress, Prompt, Runner } from '../domain/runner.ts';
import { conformance, type RunnerScenario } from './runner-scenarios.ts';

/** One thing that every runner must do. */
export interface RunnerCase {
  readonly title: string;
  readonly scenario: RunnerScenario;
  /** Rejects when the runner does not. */
  readonly check: (runner: Runner) => Promise<void>;
}

/** Milliseconds in which an aborted request has to settle. */
const settleMaxMs = 1000;
/** Milliseconds in which a runner has to tell whether it is available. */
const availableMaxMs = 1000;
/** Milliseconds after which a request counts as under way, where the runner gives no sign. */
const underWayMs = 50;
/** Milliseconds for one request of the suite. */
const limitMs = 30_000;

const { prompts } = conformance;

/** What every runner must do, whatever is behind it. */
export const runnerCases: readonly RunnerCase[] = [
  {
    title: 'answers with the exact text, every character of several bytes included',
    scenario: 'answers',
    check: async (runner) => {
      assert.equal(textOf(await ask(runner, prompts.plain)), conformance.answer);
    },
  },
  {
    title: 'reports the text as it arrives when it says that it streams',
    scenario: 'answers',
    check: async (runner) => {
      const reports: Progress[] = [];
      await ask(runner, prompts.plain, { report: (progress) => reports.push(progress) });
      const text = reports.map((each) => (each.type === 'text' ? each.text : '')).join('');
      const reported = [...(runner.streaming ? [] : ['']), conformance.answer];
      assert.ok(reported.includes(text), `the text reported was ${JSON.stringify(text)}`);
    },
  },
  {
    title: 'gives usage and cost as numbers that are not negative, or as unknown',
    scenario: 'answers',
    check: async (runner) => {
      const outcome = await ask(runner, prompts.plain);
      assert.equal(outcome.status, 'answered', describeOutcome(outcome));
      if (outcome.status !== 'answered') return;
      const { usage, costUsd } = outcome;
      for (const value of [usage?.inputTokens, usage?.outputTokens, costUsd]) {
        assert.ok(value == null || (Number.isFinite(value) && value >= 0), `found ${value}`);
      }
    },
  },
  {
    title: 'keeps two requests at once apart',
    scenario: 'echoes',
    check: async (runner) => {
      const both = [prompts.first, prompts.second];
      const texts = (await Promise.all(both.map((prompt) => ask(runner, prompt)))).map(textOf);
      const seen = texts.map((text) => both.filter((prompt) => text.includes(prompt.text)));
      assert.deepEqual(seen, [[prompts.first], [prompts.second]]);
    },
  },
  {
    title: 'brings a prompt of 300 kB with quotes, line breaks and Unicode whole',
    scenario: 'echoes',
    check: async (runner) => {
      const text = textOf(await ask(runner, prompts.long));
      assert.ok(
        text.includes(prompts.long.text),
        `the prompt has ${prompts.long.text.length} characters and is not in the ${text.length} that came back`,
      );
    },
  },
  ...[
    { what: 'an empty prompt', text: '' },
    { what: 'a prompt with NUL and half a surrogate pair', text: 'a\0b\ud800' },
  ].map(
    ({ what, text }): RunnerCase => ({
      title: `settles with an outcome for ${what}`,
      scenario: 'answers',
      check: async (runner) => {
        const outcome = await ask(runner, { system: '', text });
        assert.match(outcome.status, /^(?:answered|failed)$/);
      },
    }),
  ),
  {
    title: 'does not ask when it is cancelled before',
    scenario: 'hangs',
    check: async (runner) => {
      const report = (): never => assert.fail('it reported progress');
      const asked = ask(runner, prompts.plain, { signal: AbortSignal.abort(), report });
      assert.equal(kindOf(await within(settleMaxMs, asked)), 'cancelled');
    },
  },
  {
    title: 'settles as cancelled within a second of an abort',
    scenario: 'hangs',
    check: async (runner) => {
      const controller = new AbortController();
      const underWay = Promise.withResolvers<void>();
      const asked = ask(runner, prompts.plain, {
        signal: controller.signal,
        report: () => underWay.resolve(),
      });
      await Promise.race([underWay.promise, pause(underWayMs)]);
      controller.abort();
      assert.equal(kindOf(await within(settleMaxMs, asked)), 'cancelled');
    },
  },
  {
    title: 'takes an answer without text for a failure',
    scenario: 'empty',
    check: async (runner) => {
      assert.equal(kindOf(await ask(runner, prompts.plain)), 'empty-answer');
    },
  },
  {
    title: 'takes half an answer for a failure',
    scenario: 'breaks',
    check: async (runner) => {
      assert.notEqual(kindOf(await ask(runner, prompts.plain)), 'cancelled');
    },
  },
  {
    title: 'says in one line what failed, without its secret',
    scenario: 'fails',
    check: async (runner) => {
      const outcome = await ask(runner, prompts.plain);
      assert.notEqual(kindOf(outcome), 'cancelled');
      const { message } = failureOf(outcome);
      assert.match(message, /^[^\n]*\S[^\n]*$/);
      assert.ok(!JSON.stringify(outcome).includes(conformance.secret), 'the outcome holds the key');
    },
  },
  {
    title: 'fails with an outcome when nobody is there',
    scenario: 'unreachable',
    check: async (runner) => {
      assert.notEqual(kindOf(await ask(runner, prompts.plain)), 'cancelled');
    },
  },
  ...(['answers', 'unreachable'] as const).map(
    (scenario): RunnerCase => ({
      title: `tells within a second whether it is available (${scenario})`,
      scenario,
      check: async (runner) => {
        const found = await within(availableMaxMs, runner.available());
        if (found.status === 'available') return assert.notEqual(found.where, '');
        assert.equal(found.status, 'unavailable');
        assert.ok(found.message !== '' && found.remedy !== '', 'no message or no remedy');
      },
    }),
  ),
];

async function ask(
  runner: Runner,
  prompt: Prompt,
  change: Partial<AskContext> = {},
): Promise<Outcome> {
  const { signal } = new AbortController();
  const context: AskContext = { signal, limitMs, report: () => undefined, ...change };
  const asked = Promise.try(() => runner.ask(prompt, context)).catch((cause: unknown) => {
    throw new Error(`ask() rejected, which no runner may: ${cause}`, { cause });
  });
  return outcomeIn(await asked);
}

/** What runners without types give may be anything. */
function outcomeIn(found: Outcome | undefined): Outcome {
  const said = `ask() resolved with ${JSON.stringify(found)}`;
  if (found?.status === 'failed') {
    const { kind } = found.failure;
    assert.ok(Object.hasOwn(failureFacts, kind), `${said}: "${kind}" is no kind of failure`);
    return found;
  }
  assert.equal(found?.status, 'answered', `${said}: an answer or a failure is wanted`);
  assert.equal(typeof found.text, 'string', `${said}: its text is no text`);
  assert.equal(typeof (found.model ?? ''), 'string', `${said}: its model is no text`);
  assert.equal(typeof (found.usage ?? {}), 'object', `${said}: its usage is no object`);
  return found;
}

async function within<Value>(limit: number, promise: Promise<Value>): Promise<Value> {
  const timer = new AbortController();
  const late = pause(limit, undefined, { signal: timer.signal }).then(
    () => assert.fail(`not settled within ${limit} ms`),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

function textOf(outcome: Outcome): string {
  assert.equal(outcome.status, 'answered', describeOutcome(outcome));
  return outcome.status === 'answered' ? outcome.text : '';
}

function kindOf(outcome: Outcome): string {
  return failureOf(outcome).kind;
}

function failureOf(outcome: Outcome): { readonly kind: string; readonly message: string } {
  if (outcome.status === 'failed') return outcome.failure;
  return assert.fail(`it answered ${JSON.stringify(outcome.text)}; a failure is wanted`);
}

function describeOutcome(outcome: Outcome): string {
  return `the outcome is ${JSON.stringify(outcome)}`;
}
