import { expect, test } from 'vitest';
import type { CreditCount } from '../domain/credit.ts';
import { statsOf } from './stats-of.ts';

function counted(count: number, change: Partial<CreditCount>): CreditCount {
  return {
    runner: 'a',
    model: 'm-1',
    category: 'general',
    result: 'won',
    basis: null,
    failure: null,
    durationMs: 1000,
    count,
    costUsd: 0,
    costsKnown: 0,
    tokens: 0,
    tokensKnown: 0,
    ...change,
  };
}

const failing = { result: 'failed', model: null, durationMs: null } as const;

test('statsOf() tells wins, failures and the share with its interval', () => {
  const [row] = statsOf([
    counted(6, { basis: 'verified' }),
    counted(2, { basis: 'text' }),
    counted(2, { result: 'lost', basis: 'verified' }),
    counted(3, { result: 'tied' }),
    counted(1, { ...failing, failure: 'stalled' }),
    counted(2, { ...failing, failure: 'timed-out' }),
    counted(9, { result: 'unasked', model: null, durationMs: null }),
  ]);
  expect(row).toMatchObject({
    runner: 'a',
    model: 'm-1',
    asked: 16,
    answered: 13,
    won: 8,
    lost: 2,
    tied: 3,
    verified: { won: 6, lost: 2 },
    failures: { 'timed-out': 2, stalled: 1 },
  });
  expect(row?.winRate?.share).toBe(0.8);
  expect(row?.winRate?.low).toBeCloseTo(0.49, 2);
});

test('statsOf() tells no share and no latency of too few', () => {
  const [row] = statsOf([counted(4, {})]);
  expect(row).toMatchObject({ won: 4, winRate: null, latencyMs: { p50: null, p95: null } });
});

test('statsOf() gives the duration within which half, and 95 of 100, of the answers came', () => {
  const [row] = statsOf([
    counted(50, { durationMs: 1000 }),
    counted(44, { durationMs: 2000 }),
    counted(6, { durationMs: 9000 }),
  ]);
  expect(row?.latencyMs).toEqual({ p50: 1000, p95: 9000 });
});

test('statsOf() tells cost and tokens of the answers of which they are known', () => {
  const [row] = statsOf([
    counted(10, { costUsd: 0.4, costsKnown: 4 }),
    counted(10, { tokens: 500, tokensKnown: 5, durationMs: 2000 }),
  ]);
  expect(row?.cost).toEqual({ mean: 0.1, known: 4 });
  expect(row?.tokens).toEqual({ mean: 100, known: 5 });
  expect(statsOf([counted(1, {})])[0]?.cost).toEqual({ mean: null, known: 0 });
});

test('statsOf() keeps a failure apart where it may be of one model or another', () => {
  const rows = statsOf([
    counted(3, {}),
    counted(2, { model: 'm-2' }),
    counted(1, { ...failing, failure: 'stalled' }),
  ]);
  expect(rows.map(({ model, asked }) => [model, asked])).toEqual([
    ['m-1', 3],
    ['m-2', 2],
    [null, 1],
  ]);
});

test('statsOf() has nothing to tell where nothing was asked', () => {
  expect(statsOf([counted(3, { result: 'unasked', durationMs: null })])).toEqual([]);
});
