import { expect, test } from 'vitest';
import { countText, listText, secondsText } from './amounts.ts';

test.each([
  [0, '0.0 s'],
  [12_340, '12.3 s'],
  [99_949, '99.9 s'],
  [99_950, '100 s'],
  [125_400, '125 s'],
])('secondsText() of %i ms', (durationMs, text) => {
  expect(secondsText(durationMs)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1234, '1.2k'],
  [9949, '9.9k'],
  [9950, '10k'],
  [999_499, '999k'],
  [999_500, '1.0M'],
  [3_400_000, '3.4M'],
])('countText() of %i', (count, text) => {
  expect(countText(count)).toBe(text);
});

test('listText() joins words as a person lists them', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listText)).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});
