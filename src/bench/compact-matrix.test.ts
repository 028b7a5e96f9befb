import { expect, test } from 'vitest';
import type { Matrix } from '../domain/matrix.ts';
import { compactMatrix } from './compact-matrix.ts';

test('compactMatrix() keeps long keys equal and different as they were', () => {
  const [one, other] = ['a'.repeat(5000), `${'a'.repeat(4999)}b`];
  const checks = { passed: 0, total: 0 };
  const row = { id: '1', family: 'm', strength: null, program: one, size: 1, checks };
  const matrix: Matrix = {
    candidates: [row],
    inputs: [{ id: 'example-1', source: 'example' }],
    tests: [{ id: 'example-1', input: 0, expected: one, source: 'example', stubPasses: false }],
    outcomes: [[{ kind: 'value', key: one }], [{ kind: 'value', key: other }]],
  };
  const { tests, outcomes } = compactMatrix(matrix);
  const [same, different] = outcomes.map(([outcome]) => outcome);
  expect(same).toEqual({ kind: 'value', key: tests[0]?.expected });
  expect(different).not.toEqual(same);
  expect(tests[0]?.expected.length).toBeLessThan(100);
});
