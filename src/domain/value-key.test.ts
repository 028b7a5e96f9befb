import { expect, test } from 'vitest';
import type { Value } from './value.ts';
import { valueKey } from './value-key.ts';

const int = (digits: string): Value => ({ int: digits });
const float = (text: string): Value => ({ float: text });
const list = (...items: readonly Value[]): Value => ({ list: items });

test.each<readonly [string, Value, Value]>([
  ['an integer and the same float', int('3'), float('3.0')],
  ['floats within the rounding of arithmetic', float('0.30000000000000004'), float('0.3')],
  ['a float next to an integer', float('2.9999999999'), int('3')],
  ['both zeros', float('-0.0'), int('0')],
  ['integers with leading zeros', int('007'), int('7')],
  ['a big integer and the same float', int('100000000000000000000'), float('1e20')],
  ['sets in another order', { set: [int('1'), int('2')] }, { set: [int('2'), int('1')] }],
  [
    'maps in another order',
    {
      map: [
        ['a', int('1')],
        ['b', null],
      ],
    },
    {
      map: [
        ['b', null],
        ['a', int('1')],
      ],
    },
  ],
  [
    'instances of classes with other names',
    { object: 'Node', fields: [['value', int('1')]] },
    { object: 'TreeNode', fields: [['value', int('1')]] },
  ],
])('valueKey() is equal for %s', (_, one, other) => {
  expect(valueKey(one)).toBe(valueKey(other));
});

test.each<readonly [string, Value, Value]>([
  ['a boolean and a number', true, int('1')],
  ['a tuple and a list', { tuple: [int('1')] }, list(int('1'))],
  ['a number and its text', int('1'), '1'],
  ['null and an empty list', null, list()],
  ['lists in another order', list(int('1'), int('2')), list(int('2'), int('1'))],
  ['texts that look like structure', '1,2', list('1', '2')],
  ['neighbouring big integers', int('9007199254740993'), int('9007199254740992')],
  ['infinities', float('inf'), float('-inf')],
  ['floats that differ in the sixth digit', float('1.00001'), float('1.00002')],
])('valueKey() differs for %s', (_, one, other) => {
  expect(valueKey(one)).not.toBe(valueKey(other));
});

test('valueKey() takes lists in another order for equal where any order will do', () => {
  const one = list(list(int('1')), int('2'));
  const other = list(int('2'), list(int('1')));
  expect(valueKey(one, { anyOrder: true })).toBe(valueKey(other, { anyOrder: true }));
});
