import { expect, test } from 'vitest';
import { wilson } from './wilson.ts';

// The values of R: prop.test(x, n, correct = FALSE)$conf.int
test.each([
  [8, 10, 0.4902, 0.9433],
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [50, 100, 0.4038, 0.5962],
])('wilson() gives the score interval of %i in %i', (successes, of, low, high) => {
  const interval = wilson(successes, of);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});
