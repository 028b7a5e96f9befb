import { expect, test } from 'vitest';
import { modeValue, retriesValue, timeoutValue } from './option-values.ts';

test.each(['simple', 'medium', 'complex', 'architectural', 'auto'])(
  'modeValue() takes %s',
  (mode) => {
    expect(modeValue(mode)).toBe(mode);
  },
);

test('modeValue() takes a mode in any case', () => {
  expect(modeValue('MEDIUM')).toBe('medium');
});

test('modeValue() names the modes when it knows none of the name', () => {
  expect(() => modeValue('huge')).toThrow(
    'Cannot use --mode "huge": wanted simple, medium, complex, architectural or auto',
  );
});

test('timeoutValue() gives milliseconds for whole and broken seconds', () => {
  expect(['2', '0.5', '86400'].map(timeoutValue)).toEqual([2000, 500, 86_400_000]);
});

test.each(['0', '0.0', '-1', '1e3', 'abc', '', ' ', '86401', 'Infinity', '5s'])(
  'timeoutValue() refuses "%s"',
  (text) => {
    expect(() => timeoutValue(text)).toThrow(/^Cannot use --timeout ".*": wanted seconds/);
  },
);

test('retriesValue() takes whole numbers from 0', () => {
  expect(['0', '2', '10'].map(retriesValue)).toEqual([0, 2, 10]);
});

test.each(['-1', '1.5', 'two', '', '11'])('retriesValue() refuses "%s"', (text) => {
  expect(() => retriesValue(text)).toThrow(/^Cannot use --retries ".*": wanted a whole number/);
});
