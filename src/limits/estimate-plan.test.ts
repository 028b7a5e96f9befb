import { expect, test } from 'vitest';
import { plan, seat } from '../testing/builders.ts';
import { type Estimating, estimatePlan, type Rates } from './estimate-plan.ts';

const unknown: Rates = { price: undefined, maxOutputTokens: undefined };
const rates: Readonly<Record<string, Rates>> = {
  a: { price: { inputPerMillion: 10, outputPerMillion: 100 }, maxOutputTokens: 2000 },
  b: { price: { inputPerMillion: 20, outputPerMillion: 200 }, maxOutputTokens: 500 },
};

function estimate(runners: readonly string[], change: Partial<Estimating> = {}) {
  const seats = runners.map((runner, index) => seat(`primary-${index + 1}`, runner));
  const ratesOf = (name: string): Rates => rates[name] ?? unknown;
  return estimatePlan({
    plan: plan(seats),
    promptTokens: 1000,
    adaptive: false,
    ratesOf,
    ...change,
  });
}

test('estimatePlan() goes from one word of everybody to the longest answers', () => {
  expect(estimate(['a', 'b'])).toEqual({
    least: { costUsd: 0.0303, tokens: 2002 },
    single: { costUsd: 0.11, tokens: 1500 },
    most: { costUsd: expect.closeTo(0.33), tokens: 4500 },
    unpriced: [],
    unbounded: [],
  });
});

test('estimatePlan() counts a validator for its tests and its review of the longest answer', () => {
  const seats = [seat('primary-1', 'a'), seat('validator-1', 'b')];
  const { least, most } = estimate([], { plan: plan(seats) });
  expect(least).toMatchObject({ tokens: 1001 });
  expect(most).toEqual({ costUsd: 0.21 + 0.28, tokens: 3000 + 5000 });
});

test('estimatePlan() needs only the first primary where that one may settle it', () => {
  expect(estimate(['a', 'b'], { adaptive: true }).least).toMatchObject({ tokens: 1001 });
});

test('estimatePlan() names whose price and whose longest answer are not known, and takes neither for zero', () => {
  expect(estimate(['a', 'unknown'])).toEqual({
    least: { costUsd: 0.0101, tokens: 2002 },
    single: { costUsd: 0, tokens: 2000 },
    most: { costUsd: null, tokens: null },
    unpriced: ['unknown'],
    unbounded: ['unknown'],
  });
  expect(estimate(['unknown']).least).toMatchObject({ costUsd: null });
});
