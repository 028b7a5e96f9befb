import { expect, test } from 'vitest';
import type { Matrix } from '../domain/matrix.ts';
import { shortMatrix } from '../testing/short-matrix.ts';
import { select } from './select.ts';

const panel = {
  a: { does: '1 2 3' },
  b: { does: '1 2 3' },
  c: { does: '1 2 4' },
  d: { does: '1 5 6' },
};
const weights = (matrix: Matrix) =>
  select(matrix).tests.map(({ weight, because }) => [because, weight]);

test('weighTests() believes a test that passes the candidates which agree', () => {
  expect(weights(shortMatrix(panel, [[1, '2', 'validator']]))).toEqual([['weighed', 1]]);
});

test('weighTests() believes nothing of a test that only the odd one out passes', () => {
  expect(weights(shortMatrix(panel, [[1, '5', 'validator']]))).toEqual([['contradicted', 0]]);
});

test.each([
  ['all pass', [0, '1', 'validator']],
  ['all fail', [0, '9', 'validator']],
] as const)('weighTests() gives no weight to a test that %s', (_, claim) => {
  expect(weights(shortMatrix(panel, [claim]))).toEqual([['separates-nothing', 0]]);
});

test('weighTests() gives no weight to a test that an empty program passes', () => {
  const matrix = shortMatrix(panel, [[1, '2', 'validator']]);
  const tests = matrix.tests.map((one) => ({ ...one, stubPasses: true }));
  expect(weights({ ...matrix, tests })).toEqual([['stub-passes', 0]]);
});

test('weighTests() counts a claim once, however often models make it', () => {
  const claim = [1, '2', 'validator'] as const;
  expect(weights(shortMatrix(panel, [claim, claim]))).toEqual([
    ['weighed', 1],
    ['repeated', 0],
  ]);
});

test('weighTests() takes what the task shows as it is, once', () => {
  const claim = [1, '5', 'example'] as const;
  expect(weights(shortMatrix(panel, [claim, claim]))).toEqual([
    ['shown', 1],
    ['repeated', 0],
  ]);
});

test('weighTests() lets tests of models decide between candidates that agree equally', () => {
  const rows = { a: { does: '1 2 8' }, b: { does: '1 3 7' } };
  const tests = [
    [1, '2', 'validator'],
    [2, '8', 'validator'],
  ] as const;
  expect(select(shortMatrix(rows, tests)).chosen).toBe('a');
});
