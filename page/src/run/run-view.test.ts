import { expect, test } from 'vitest';
import type { Attempt } from '../../../src/domain/attempt.ts';
import type { RunEvent } from '../../../src/domain/event.ts';
import { nothingTold, type RunView, runAfter } from './run-view.ts';

const seat = 'primary-1';
const plan: RunEvent = {
  type: 'plan-made',
  atMs: 1000,
  value: {
    route: {
      category: 'general',
      mode: 'simple',
      primaries: ['a'],
      validators: [],
      words: [],
      reason: 'general',
    },
    seats: [{ id: seat, role: 'primary', runner: 'a' }],
    substitutions: [],
  },
};
const answered = (atMs: number, more: Partial<Attempt> = {}): RunEvent => ({
  type: 'attempt-ended',
  seat,
  atMs,
  value: {
    status: 'answered',
    seat,
    runner: 'a',
    tries: 1,
    durationMs: 500,
    text: 'x',
    model: null,
    usage: { inputTokens: 10, outputTokens: null },
    costUsd: 0.5,
    ...more,
  } as Attempt,
});
const failed: RunEvent = {
  type: 'try-failed',
  seat,
  tries: 1,
  atMs: 1400,
  waitMs: 300,
  failure: { kind: 'overloaded', message: 'busy' },
};
const started: RunEvent = { type: 'attempt-started', seat, runner: 'a', atMs: 1100 };

const fold = (...events: readonly RunEvent[]): RunView => events.reduce(runAfter, nothingTold);

test('runAfter() draws each request, and the wait between two of them', () => {
  const { spans } = fold(plan, started, failed, answered(2000));
  expect(spans.map(({ kind, outcome, startMs, endMs }) => [kind, outcome, startMs, endMs])).toEqual(
    [
      ['call', 'failed', 1100, 1400],
      ['wait', 'waited', 1400, 1700],
      ['call', 'answered', 1700, 2000],
    ],
  );
});

test('runAfter() draws an attempt whose beginning was not kept by how long it took', () => {
  const [span] = fold(plan, answered(2000, { tries: 2 })).spans;
  expect(span).toMatchObject({ startMs: 1500, endMs: 2000, label: 'answer (2 requests)' });
});

test('runAfter() draws nothing for a seat that nobody was asked for', () => {
  expect(fold(plan, answered(2000, { tries: 0 })).spans).toEqual([]);
});

test('runAfter() closes what goes on when the run ends', () => {
  const view = fold(plan, started, { type: 'run-ended', status: 'cancelled', atMs: 3000 });
  expect(view.spans).toMatchObject([{ endMs: 3000, outcome: 'cancelled' }]);
  expect(view).toMatchObject({ status: 'cancelled', endedAtMs: 3000 });
});

test('runAfter() tells what a person cancelled from what failed', () => {
  const failure = (kind: string): Partial<Attempt> =>
    ({ status: 'failed', failure: { kind, message: 'x' }, partialText: '' }) as Partial<Attempt>;
  const outcomes = ['cancelled', 'refused'].map(
    (kind) => fold(plan, started, answered(2000, failure(kind))).spans[0]?.outcome,
  );
  expect(outcomes).toEqual(['cancelled', 'failed']);
});

test('runAfter() adds up what is known of tokens and cost', () => {
  const { usage } = fold(plan, answered(2000), {
    ...answered(2500),
    type: 'merge-ended',
  } as RunEvent);
  expect(usage.get(seat)).toEqual({ inputTokens: 20, outputTokens: null, costUsd: 1 });
});
