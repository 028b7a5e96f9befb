import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test.each([
  [1, 500],
  [2, 1000],
  [3, 2000],
  [20, 20_000],
])('backoffMs() after try %i is below %i ms', (tries, mostMs) => {
  expect(backoffMs(tries, undefined, () => 0)).toBe(0);
  expect(backoffMs(tries, undefined, () => 0.999)).toBeCloseTo(mostMs * 0.999);
});

test('backoffMs() is what the vendor asks for, when it does', () => {
  expect(backoffMs(1, 7000, () => 0.5)).toBe(7000);
});
