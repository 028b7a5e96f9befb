import { describe, expect, test } from 'vitest';
import { matrixOf } from '../decide/matrix-of.ts';
import { select } from '../decide/select.ts';
import type { Seen } from '../domain/observed.ts';
import type { TestCase } from '../domain/test-case.ts';
import { codeCandidate, observed, seat, suite, testCase, verdict } from '../testing/builders.ts';
import { raised, returned } from '../testing/scripted-executor.ts';
import { findSplit } from './find-split.ts';

const ints = (...values: readonly number[]) => values.map((value) => returned({ int: `${value}` }));

function split(tests: readonly TestCase[], ...rows: readonly (readonly Seen[])[]) {
  const made = suite(tests);
  const seen = rows.map((row, index) => observed(`primary-${index + 1}`, row));
  const examined = seen.map((one) => ({
    seat: seat(one.seat, one.seat),
    candidate: codeCandidate(one.seat, one.seat),
    verdict: verdict(one.seat, 'passed', [one.seat]),
    observed: one,
  }));
  return findSplit(select(matrixOf(examined, made)), made, seen);
}

const inputs = [
  testCase('generated-1', [10]),
  testCase('generated-2', [2]),
  testCase('validator-1', [300, 0]),
];

describe('findSplit()', () => {
  test('is null where the answers behave alike', () => {
    expect(split(inputs, ints(1, 2, 3), ints(1, 2, 3))).toBeNull();
    expect(split(inputs, ints(1, 2, 3))).toBeNull();
  });

  test('shows what a model thought of before what was generated, and the short before the long', () => {
    expect(split(inputs, ints(1, 2, 3), ints(9, 9, 9))).toMatchObject({
      test: 'validator-1',
      input: 'f(300)',
    });
    expect(split(inputs, ints(1, 2, 3), ints(9, 9, 3))).toMatchObject({
      test: 'generated-2',
      sides: [{ outcome: '2' }, { outcome: '9' }],
      bothReturn: true,
    });
  });

  test('shows two results before a result and an error', () => {
    const other = [...ints(1, 9), raised('E')];
    expect(split(inputs, ints(1, 2, 3), other)).toMatchObject({
      test: 'generated-2',
      bothReturn: true,
    });
  });

  test('compares nothing that differs from run to run, or was not run', () => {
    const flaky: readonly Seen[] = [
      { kind: 'flaky' },
      ...ints(2),
      { kind: 'not-run', because: 'x' },
    ];
    expect(split(inputs, ints(1, 2, 3), flaky)).toBeNull();
  });

  test('leaves to a judge what only votes decide, and never what the task shows', () => {
    expect(split(inputs, ints(1, 2, 3), ints(1, 9, 3))?.isClose).toBe(true);
    const shown = [testCase('example-1', [1, 1]), testCase('generated-1', [2])];
    expect(split(shown, ints(1, 2), ints(5, 9))).toMatchObject({
      test: 'example-1',
      isClose: false,
    });
  });

  test('has no side for an answer that was chosen without being run', () => {
    const made = suite(inputs);
    const seen = [observed('primary-1', ints(1, 2, 3)), observed('primary-2', ints(9, 2, 3))];
    const behaviour = {
      families: 1,
      userTests: 0,
      examples: 0,
      consistency: 1,
      agreement: 1,
      tests: 0,
      score: 1,
    };
    const behaviours = seen.map((one) => ({ ...behaviour, members: [one.seat] }));
    const selection = select({ candidates: [], inputs: [], tests: [], outcomes: [] });
    expect(findSplit({ ...selection, chosen: 'primary-3', behaviours }, made, seen)).toBeNull();
  });
});
