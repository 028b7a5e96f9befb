import { expect, test } from 'vitest';
import { noLimit } from '../domain/budget.ts';
import { task } from '../testing/builders.ts';
import { askedBounds, askedLimits } from './asked-bounds.ts';

test('askedBounds() leaves out what nobody asked for', () => {
  expect(askedBounds(noLimit)).toEqual({});
  expect(askedBounds(noLimit, {})).toEqual({});
  const budget = { costUsd: 1, tokens: undefined };
  expect(askedBounds(budget, { retries: 0 })).toEqual({ budget, limits: { retries: 0 } });
});

test('askedLimits() keeps the last limits of a run, under those that it is given', () => {
  const started = { type: 'run-started', task: task('x') } as const;
  expect(askedLimits([started])).toEqual({});
  const limits = { timeoutMs: 5, retries: 0 };
  const resumed = { type: 'run-resumed', limits: { timeoutMs: 7, retries: 0 } } as const;
  expect(askedLimits([{ ...started, limits }, resumed, { type: 'run-resumed' }])).toEqual({
    timeoutMs: 7,
    retries: 0,
  });
  expect(askedLimits([{ ...started, limits }], { retries: 2 })).toEqual({
    timeoutMs: 5,
    retries: 2,
  });
});
