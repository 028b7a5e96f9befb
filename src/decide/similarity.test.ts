import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countPairs, similarity } from './similarity.ts';

const lists = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
const between = (a: readonly string[], b: readonly string[]): number =>
  similarity(countPairs(a), countPairs(b));

test('similarity() is 1 for equal lists, from 0 to 1 for all, and the same both ways', () => {
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      expect(between(a, [...a])).toBe(1);
      expect(between(a, b)).toBe(between(b, a));
      expect(between(a, b)).toBeGreaterThanOrEqual(0);
      expect(between(a, b)).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  [['a'], ['a', 'b'], 2 / 5],
  [['a', 'b', 'c'], ['a', 'b', 'd'], 4 / 8],
  [['a'], ['b'], 0],
])('similarity() of %j and %j is the share of common pairs, %d', (a, b, expected) => {
  expect(between(a, b)).toBeCloseTo(expected, 12);
});

test('similarity() sees the order of tokens, and hardly minds that of blocks', () => {
  const [f, g] = [Array.from('abcdefgh'), Array.from('ijklmnop')];
  expect(between([...f, ...g], [...g, ...f])).toBeGreaterThan(0.8);
  expect(between(f, f.toReversed())).toBeLessThan(0.2);
});
