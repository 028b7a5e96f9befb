import { expect, test } from 'vitest';
import { shortMatrix } from '../../testing/short-matrix.ts';
import { oracle, type RuleName, rules, single } from './rules.ts';

const matrix = shortMatrix(
  {
    a: { does: '1 2 3', program: 'same', strength: 0.5 },
    b: { does: '1 2 3', program: 'same', strength: 0.6 },
    c: { does: '1 5 6', strength: 0.9 },
    d: { does: '1 5 !E', strength: 0.7 },
    e: { does: '1 5 7', strength: 0.4 },
  },
  [
    [0, '1', 'example'],
    [1, '5', 'example'],
    [2, '3', 'validator'],
    [2, '6', 'validator'],
  ],
);

test.each<[RuleName, readonly number[]]>([
  ['random', [0, 1, 2, 3, 4]],
  ['majority', [0, 1]],
  ['examples-then-stronger', [2]],
  ['mbr', [0, 1, 2, 4]],
  ['codet', [2]],
])('%s holds the candidates best that its definition says', (name, best) => {
  expect(rules[name](matrix)).toEqual(best);
});

test('codet takes the larger of two sets that pass equally many tests', () => {
  const rows = { a: { does: '1' }, b: { does: '2' }, c: { does: '2' } };
  const tests = [
    [0, '1', 'validator'],
    [0, '2', 'validator'],
  ] as const;
  expect(rules.codet(shortMatrix(rows, tests))).toEqual([1, 2]);
});

test('mbr counts no exception as agreement', () => {
  const rows = { a: { does: '!E' }, b: { does: '!E' }, c: { does: '2' } };
  expect(rules.mbr(shortMatrix(rows))).toEqual([2]);
});

test('ours holds exactly the candidate best that the selection takes', () => {
  expect(rules.ours(matrix)).toEqual([2]);
});

test('single() takes what one family wrote, and anything where it wrote nothing', () => {
  expect(single('d')(matrix)).toEqual([3]);
  expect(single('nobody')(matrix)).toEqual([0, 1, 2, 3, 4]);
});

test('oracle() takes the right candidates, and anything when none is right', () => {
  expect(oracle([false, true, true])).toEqual([1, 2]);
  expect(oracle([false, false])).toEqual([0, 1]);
});

test.each(Object.keys(rules) as RuleName[])('%s chooses nothing from an empty matrix', (name) => {
  expect(rules[name](shortMatrix({}))).toEqual([]);
});
