import { expect, test } from 'vitest';
import type { StoredEvent } from '../domain/event.ts';
import { answered, failed, seat } from '../testing/builders.ts';
import { spendingOf } from './spending.ts';

const [one, other] = [seat('primary-1', 'a'), seat('validator-1', 'b')];
const spent = (costUsd: number | null, isEstimate = false) => ({
  spent: { costUsd, tokens: 10, isEstimate },
});

const events: readonly StoredEvent[] = [
  { type: 'attempt-ended', seat: one.id, value: answered(one, 'x', spent(0.5)) },
  { type: 'tests-ended', seat: other.id, value: answered(other, 'x', spent(0.25)) },
  {
    type: 'attempt-ended',
    seat: other.id,
    value: { ...failed(other, 'timed-out'), ...spent(1, true) },
  },
];

test('spendingOf() adds up everything that was asked, also what failed', () => {
  expect(spendingOf(events)).toEqual({
    costUsd: 1.75,
    knownUsd: 1.75,
    tokens: 30,
    isEstimate: true,
    unpriced: [],
  });
});

test('spendingOf() takes an unknown price for unknown, and names whose it is', () => {
  const merged = {
    type: 'merge-ended',
    seat: one.id,
    value: answered(one, 'x', spent(null)),
  } as const;
  expect(spendingOf([...events, merged])).toMatchObject({
    costUsd: null,
    knownUsd: 1.75,
    unpriced: ['a'],
  });
});

test('spendingOf() takes what the vendor told of a run that was kept before requests were counted', () => {
  const usage = { inputTokens: 3, outputTokens: 4 };
  const value = answered(one, 'x', { usage, costUsd: 0.1 });
  expect(spendingOf([{ type: 'attempt-ended', seat: one.id, value }])).toMatchObject({
    costUsd: 0.1,
    tokens: 7,
    isEstimate: false,
  });
});
