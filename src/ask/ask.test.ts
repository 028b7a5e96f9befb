import { describe, expect, test } from 'vitest';
import type { Admission } from '../domain/admission.ts';
import type { AnswerCache, CachedAnswer } from '../domain/answer-cache.ts';
import type { PassingEvent } from '../domain/event.ts';
import { type FailureKind, failureFacts } from '../domain/failure.ts';
import type { Seat } from '../domain/plan.ts';
import type { Runner } from '../domain/runner.ts';
import { limit } from '../lib/limit.ts';
import { queueAdmission } from '../limits/queue-admission.ts';
import { answers, fails, hangs, scriptedRunner } from '../testing/scripted-runner.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { type Asking, type AskTools, ask } from './ask.ts';

const seat: Seat = { id: 'primary-1', role: 'primary', runner: 'a' };
const prompt = { system: 'be brief', text: 'add' };

/** A world in which one runner is asked, with a clock that runs by itself. */
function world(
  runner: (clock: AskTools['clock']) => Runner,
  changes: Partial<Asking & AskTools> = {},
) {
  const clock = virtualClock({ auto: true });
  const asked = runner(clock);
  const events: PassingEvent[] = [];
  const asking = async (): Promise<Asking> => ({
    runner: asked,
    timeoutMs: 60_000,
    stallMs: 30_000,
    retries: 1,
    price: undefined,
    admission: queueAdmission(limit(Number.POSITIVE_INFINITY)),
    ...changes,
  });
  const tools: AskTools = {
    asking,
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    runEndsAtMs: Number.POSITIVE_INFINITY,
    emit: (event) => events.push(event),
    ...('signal' in changes && { signal: changes.signal as AbortSignal }),
    ...('runEndsAtMs' in changes && { runEndsAtMs: changes.runEndsAtMs as number }),
  };
  return { tools, events, clock };
}

describe('ask()', () => {
  test('gives the whole answer, with what is known about it', async () => {
    const usage = { inputTokens: 10, outputTokens: 20 };
    const { tools, events } = world((clock) =>
      scriptedRunner(
        'a',
        [answers('Hello', { chunks: ['Hel', 'lo'], model: 'm-1', usage, delayMs: 300 })],
        {
          clock,
        },
      ),
    );
    expect(await ask(seat, prompt, tools)).toEqual({
      status: 'answered',
      seat: 'primary-1',
      runner: 'a',
      text: 'Hello',
      model: 'm-1',
      usage,
      costUsd: null,
      tries: 1,
      durationMs: 300,
      spent: { costUsd: null, tokens: 30, isEstimate: false },
    });
    expect(events.map(({ type }) => type)).toEqual([
      'attempt-started',
      'text-arrived',
      'text-arrived',
    ]);
  });

  test('computes the cost where a price is configured and the vendor says none', async () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 500_000 };
    const price = { inputPerMillion: 3, outputPerMillion: 10 };
    const { tools } = world(() => scriptedRunner('a', [answers('x', { usage })]), { price });
    expect(await ask(seat, prompt, tools)).toMatchObject({ costUsd: 8 });
  });

  test.each(Object.entries(failureFacts).filter(([kind]) => kind !== 'cancelled'))(
    'after %s asks again only where that can help',
    async (kind, { transient }) => {
      const runner = scriptedRunner('a', [fails(kind as FailureKind), answers('second')]);
      const { tools } = world(() => runner);
      const attempt = await ask(seat, prompt, tools);
      expect(attempt.tries).toBe(transient ? 2 : 1);
      expect(attempt.status).toBe(transient ? 'answered' : 'failed');
    },
  );

  test('makes no more requests than the retries allow and keeps the last failure', async () => {
    const { tools } = world(() => scriptedRunner('a', [fails('overloaded')]), { retries: 3 });
    expect(await ask(seat, prompt, tools)).toMatchObject({
      status: 'failed',
      tries: 4,
      failure: { kind: 'overloaded' },
    });
  });

  test('waits as long as the vendor asks', async () => {
    const script = [fails('rate-limited', { retryAfterMs: 7000 }), answers('x')] as const;
    const { tools, events } = world(() => scriptedRunner('a', script));
    expect(await ask(seat, prompt, tools)).toMatchObject({ status: 'answered', durationMs: 7000 });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'try-failed', waitMs: 7000, tries: 1 }),
    );
  });

  test('gives up at once when the vendor asks to wait past the end of the time', async () => {
    const { tools } = world(() =>
      scriptedRunner('a', [fails('rate-limited', { retryAfterMs: 90_000 })]),
    );
    expect(await ask(seat, prompt, tools)).toMatchObject({
      tries: 1,
      durationMs: 0,
      failure: { kind: 'rate-limited', retryAfterMs: 90_000 },
    });
  });

  test('times out after the limit, retries included, and keeps what had arrived', async () => {
    const { tools } = world((clock) =>
      scriptedRunner('a', [fails('overloaded', { delayMs: 40_000 }), hangs('half an ans')], {
        clock,
      }),
    );
    expect(await ask(seat, prompt, tools)).toMatchObject({
      status: 'failed',
      tries: 2,
      durationMs: 60_000,
      partialText: 'half an ans',
      failure: { kind: 'timed-out' },
    });
  });

  test('times out at the end of the whole run when that comes first', async () => {
    const { tools } = world(() => scriptedRunner('a', [hangs()]), { runEndsAtMs: 5000 });
    expect(await ask(seat, prompt, tools)).toMatchObject({
      durationMs: 5000,
      failure: { kind: 'timed-out' },
    });
  });

  test('calls a stream that fell silent stalled, and tries again', async () => {
    const { tools } = world(
      (clock) => scriptedRunner('a', [hangs('be'), answers('done')], { clock }),
      {
        stallMs: 2000,
      },
    );
    const attempt = await ask(seat, prompt, tools);
    expect(attempt).toMatchObject({ status: 'answered', tries: 2, text: 'done' });
    expect(attempt.durationMs).toBeGreaterThanOrEqual(2000);
  });

  test('does not call the silence before the first sign of life stalled', async () => {
    const { tools } = world(
      (clock) => scriptedRunner('a', [answers('slow', { delayMs: 50_000 })], { clock }),
      { stallMs: 2000 },
    );
    expect(await ask(seat, prompt, tools)).toMatchObject({ status: 'answered', tries: 1 });
  });

  test('lets a model think for long after it was heard, before its first text', async () => {
    const thinking: Runner = {
      ...scriptedRunner('a', [answers('')]),
      ask: async (_prompt, { report, signal }) => {
        report({ type: 'activity' });
        await clock.sleep(50_000, signal);
        return { status: 'answered', text: 'thought through' };
      },
    };
    const { tools, clock } = world(() => thinking, { stallMs: 2000 });
    expect(await ask(seat, prompt, tools)).toMatchObject({ status: 'answered', tries: 1 });
  });

  test('tells what a model does when it changes, and no mere sign of life', async () => {
    const working: Runner = {
      ...scriptedRunner('a', [answers('')]),
      ask: async (_prompt, { report }) => {
        report({ type: 'activity' });
        report({ type: 'activity', doing: 'started' });
        report({ type: 'activity', doing: 'thinking' });
        for (let token = 0; token < 100; token++) report({ type: 'activity', doing: 'thinking' });
        report({ type: 'activity', outputTokens: 7 });
        return { status: 'answered', text: 'thought through' };
      },
    };
    const { tools, events } = world(() => working);
    await ask(seat, prompt, tools);
    const made = { type: 'progress-made', seat: 'primary-1' };
    expect(events.slice(1)).toEqual([
      { ...made, doing: 'started', outputTokens: null },
      { ...made, doing: 'thinking', outputTokens: null },
      { ...made, doing: 'thinking', outputTokens: 7 },
    ]);
  });

  test('does not wait for a runner that ignores the abort', async () => {
    const deaf: Runner = {
      name: 'a',
      streaming: false,
      available: async () => ({ status: 'available', where: '' }),
      ask: () => new Promise(() => undefined),
    };
    const { tools } = world(() => deaf, { timeoutMs: 1000 });
    const attempt = await ask(seat, prompt, tools);
    expect(attempt).toMatchObject({ failure: { kind: 'timed-out' } });
    expect(attempt.durationMs).toBeLessThan(2000);
  });

  test('takes a runner that throws for a failure of unknown kind', async () => {
    const broken: Runner = {
      ...scriptedRunner('a', [answers('')]),
      ask: () => {
        throw new Error('boom');
      },
    };
    const { tools } = world(() => broken);
    expect(await ask(seat, prompt, tools)).toMatchObject({
      failure: { kind: 'unknown', message: 'The runner threw: boom' },
    });
  });

  test('takes white space for no answer', async () => {
    const blank: Runner = {
      ...scriptedRunner('a', [answers('')]),
      ask: async () => ({ status: 'answered', text: ' \n' }),
    };
    const { tools } = world(() => blank);
    expect(await ask(seat, prompt, tools)).toMatchObject({
      failure: { kind: 'empty-answer' },
      tries: 2,
    });
  });

  test('asks nobody for a seat whose runner is not available', async () => {
    const runner = scriptedRunner('a', [answers('x')]);
    const { tools } = world(() => runner);
    const unavailable = {
      status: 'unavailable',
      kind: 'not-installed',
      message: 'codex is not on PATH',
      remedy: '',
    } as const;
    expect(await ask({ ...seat, unavailable }, prompt, tools)).toMatchObject({
      tries: 0,
      failure: { kind: 'not-installed', message: 'codex is not on PATH' },
    });
    expect(runner.prompts).toEqual([]);
  });

  test('ends as cancelled when the run is cancelled, in the middle or before', async () => {
    const controller = new AbortController();
    const runner = scriptedRunner('a', [hangs('ha')]);
    const { tools } = world(() => runner, { signal: controller.signal });
    const attempt = ask(seat, prompt, tools);
    controller.abort();
    expect(await attempt).toMatchObject({ failure: { kind: 'cancelled' } });
    const asked = runner.prompts.length;
    expect(await ask(seat, prompt, tools)).toMatchObject({
      tries: 0,
      failure: { kind: 'cancelled' },
    });
    expect(runner.prompts).toHaveLength(asked);
  });

  test('begins the time when the queue is left', async () => {
    const clock = virtualClock({ auto: true });
    const runner = scriptedRunner('a', [answers('x', { delayMs: 50_000 })], { clock });
    const { tools } = world(() => runner, { admission: queueAdmission(limit(1)) });
    const both = await Promise.all([1, 2].map(() => ask(seat, prompt, { ...tools, clock })));
    expect(both.map(({ status }) => status)).toEqual(['answered', 'answered']);
    expect(both.map(({ durationMs }) => durationMs)).toEqual([50_000, 50_000]);
    expect(runner.mostAtOnce).toBe(1);
  });
});

/** A cache of one answer, which counts what it is asked to keep. */
function oneAnswer(text?: string): AnswerCache & { readonly kept: CachedAnswer[] } {
  const kept: CachedAnswer[] = [];
  const usage = { inputTokens: 3, outputTokens: 4 };
  const known = text === undefined ? undefined : { text, model: 'm', usage, costUsd: 1 };
  return { kept, find: async () => known, keep: async (_p, _n, answer) => void kept.push(answer) };
}

const closed: Admission = {
  admit: async () => ({ status: 'refused', failure: { kind: 'quota-exhausted', message: 'No' } }),
};

describe('ask() with answers of before', () => {
  test('gives a cached one without a turn, a request or a cost', async () => {
    const runner = scriptedRunner('a', [answers('asked')]);
    const cache = oneAnswer('kept');
    const { tools } = world(() => runner, { cache, admission: closed });
    expect(await ask(seat, prompt, tools)).toMatchObject({
      status: 'answered',
      text: 'kept',
      from: 'cache',
      tries: 0,
      costUsd: 0,
      usage: { inputTokens: 0, outputTokens: 0 },
      spared: { costUsd: 1 },
    });
    expect(runner.prompts).toEqual([]);
    expect(cache.kept).toEqual([]);
  });

  test('keeps a whole answer, and no failure', async () => {
    const cache = oneAnswer();
    await ask(seat, prompt, world(() => scriptedRunner('a', [fails('refused')]), { cache }).tools);
    expect(cache.kept).toEqual([]);
    await ask(seat, prompt, world(() => scriptedRunner('a', [answers('x')]), { cache }).tools);
    expect(cache.kept).toMatchObject([{ text: 'x' }]);
  });

  test('plays a recorded one in place of the runner, retries included, without a turn', async () => {
    const runner = scriptedRunner('a', [answers('asked')]);
    const cache = oneAnswer();
    const played = scriptedRunner('a', [fails('overloaded'), answers('played')]);
    const changes = { recorded: () => played, cache, admission: closed };
    const { tools } = world(() => runner, changes);
    const attempt = await ask({ ...seat, sample: 2 }, prompt, tools);
    expect(attempt).toMatchObject({ text: 'played', from: 'cassette', tries: 2 });
    expect(runner.prompts).toEqual([]);
    expect(cache.kept).toEqual([]);
  });
});
