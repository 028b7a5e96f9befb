import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { sampleBeta } from './sample-beta.ts';

test.each([
  [1, 1],
  [0.5, 0.5],
  [8, 2],
  [0.1, 3],
  [300, 100],
])('sampleBeta() has the mean and the variance of Beta(%d, %d)', (a, b) => {
  const generator = xoroshiro128plus(7);
  const random = (): number => (generator.next() >>> 0) / 2 ** 32;
  const drawn = Array.from({ length: 20_000 }, () => sampleBeta({ a, b }, random));
  const mean = drawn.reduce((sum, each) => sum + each, 0) / drawn.length;
  const variance = drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / drawn.length;
  expect(mean).toBeCloseTo(a / (a + b), 1.8);
  const wanted = (a * b) / ((a + b) ** 2 * (a + b + 1));
  expect(variance / wanted).toBeGreaterThan(0.93);
  expect(variance / wanted).toBeLessThan(1.07);
  expect(drawn.every((each) => each >= 0 && each <= 1)).toBe(true);
});

test('sampleBeta() ends with a source that always gives the same number', () => {
  expect(sampleBeta({ a: 2, b: 2 }, () => 0)).toBeCloseTo(0.5, 5);
});
