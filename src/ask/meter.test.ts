import { expect, test } from 'vitest';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Outcome } from '../domain/runner.ts';
import { meter } from './meter.ts';

const prompt = { system: 'x'.repeat(100), text: 'y'.repeat(300) };
const price = { inputPerMillion: 10_000, outputPerMillion: 100_000 };

const failed = (kind: AttemptFailure['kind']): Outcome => ({
  status: 'failed',
  failure: { kind, message: '' },
});

test('meter() expects the prompt and a usual answer, and none that is longer than it may be', () => {
  expect(meter({ prompt, price }).expected).toMatchObject({ tokens: 1100, costUsd: 101 });
  expect(meter({ prompt, price, maxOutputTokens: 50 }).expected).toMatchObject({ tokens: 150 });
  expect(meter({ prompt, price: undefined }).expected).toMatchObject({ costUsd: null });
});

test('meter() counts four characters as a token until tokens are told, and after that from there', () => {
  const counting = meter({ prompt, price });
  expect(counting.hear({ type: 'text', text: 'z'.repeat(40) })).toEqual({
    costUsd: 2,
    tokens: 110,
    isEstimate: true,
  });
  expect(counting.hear({ type: 'activity', outputTokens: 25 })).toMatchObject({ tokens: 125 });
  expect(counting.hear({ type: 'activity', doing: 'thinking' })).toMatchObject({ tokens: 125 });
  expect(counting.hear({ type: 'text', text: 'zzzz' })).toMatchObject({ tokens: 126 });
});

test('meter() takes what the vendor tells for the truth', () => {
  const usage = { inputTokens: 7, outputTokens: 3 };
  const answer = { status: 'answered', text: 'long '.repeat(99), usage } as const;
  expect(meter({ prompt, price }).total({ ...answer, costUsd: 0.5 })).toEqual({
    costUsd: 0.5,
    tokens: 10,
    isEstimate: false,
  });
  expect(meter({ prompt, price }).total(answer)).toMatchObject({ costUsd: 0.37 });
});

test('meter() counts an answer by its length where the vendor tells nothing', () => {
  const total = meter({ prompt, price }).total({ status: 'answered', text: 'z'.repeat(8) });
  expect(total).toEqual({ costUsd: 1.2, tokens: 102, isEstimate: true });
});

test('meter() counts of a failed request what was heard, and without a sign what was expected', () => {
  const cut = meter({ prompt, price });
  cut.hear({ type: 'text', text: 'zzzz' });
  expect(cut.total(failed('broken-stream'))).toMatchObject({ tokens: 101 });
  expect(cut.total(failed('overloaded'))).toMatchObject({ tokens: 101 });
  expect(meter({ prompt, price }).total(failed('timed-out'))).toMatchObject({ tokens: 1100 });
});

test.each(['rate-limited', 'overloaded', 'unauthorized', 'network'] as const)(
  'meter() counts nothing of a request that no model has worked on: %s',
  (kind) => {
    expect(meter({ prompt, price }).total(failed(kind))).toMatchObject({ costUsd: 0, tokens: 0 });
  },
);
