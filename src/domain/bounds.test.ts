import { expect, test } from 'vitest';
import {
  dollarsBounds,
  numberWithin,
  samplesBounds,
  secondsBounds,
  wantedWithin,
} from './bounds.ts';

test.each([
  ['1', samplesBounds, 1],
  ['20', samplesBounds, 20],
  ['0.001', secondsBounds, 0.001],
  ['0', dollarsBounds, 0],
])('numberWithin() reads %j', (text, bounds, number) => {
  expect(numberWithin(text, bounds)).toBe(number);
});

test.each([
  ['0', samplesBounds],
  ['21', samplesBounds],
  ['1.5', samplesBounds],
  ['', samplesBounds],
  ['many', samplesBounds],
  ['-1', dollarsBounds],
  ['1e3', dollarsBounds],
  ['0x10', dollarsBounds],
  ['0,5', dollarsBounds],
  ['1000000001', dollarsBounds],
])('numberWithin() takes no %j', (text, bounds) => {
  expect(numberWithin(text, bounds)).toBeUndefined();
});

test('wantedWithin() says what is counted and how far', () => {
  expect(wantedWithin(samplesBounds)).toBe('a whole number from 1 to 20');
  expect(wantedWithin(dollarsBounds)).toBe('US dollars from 0 to 1000000000');
});
