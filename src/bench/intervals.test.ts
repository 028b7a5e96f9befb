import { expect, test } from 'vitest';
import { bootstrap } from './intervals.ts';

test('bootstrap() holds the mean, and is narrower for more tasks', () => {
  const few = bootstrap([0, 1, 0, 1], 1);
  const many = bootstrap(
    Array.from({ length: 400 }, (_, index) => index % 2),
    1,
  );
  expect(few.low).toBeLessThan(many.low);
  expect(many.low).toBeLessThan(0.5);
  expect(many.high).toBeGreaterThan(0.5);
  expect(many.high).toBeLessThan(few.high);
});

test('bootstrap() is near the exact interval of a share', () => {
  const values = Array.from({ length: 100 }, (_, index) => (index < 40 ? 1 : 0));
  const { low, high } = bootstrap(values, 7);
  expect(low).toBeCloseTo(0.304, 1);
  expect(high).toBeCloseTo(0.496, 1);
});

test('bootstrap() says nothing of no tasks', () => {
  expect(bootstrap([], 1)).toEqual({ low: 0, high: 1 });
});
