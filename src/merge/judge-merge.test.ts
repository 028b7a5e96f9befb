import { describe, expect, test } from 'vitest';
import type { Seen } from '../domain/observed.ts';
import type { Check } from '../domain/verdict.ts';
import { observed, suite, testCase } from '../testing/builders.ts';
import { raised, returned } from '../testing/scripted-executor.ts';
import { judgeMerge, mergeCanHelp, type Tried } from './judge-merge.ts';

const tests = [
  testCase('example-1', [1, 2]),
  testCase('example-2', [2, 4]),
  testCase('generated-1', [3]),
];
const made = suite(tests);
const ints = (...values: readonly number[]) => values.map((value) => returned({ int: `${value}` }));
const passed: Check = { checker: 'tests', file: 't.py', outcome: { status: 'passed' } };
const failed: Check = { ...passed, outcome: { status: 'failed', line: 1, message: 'no' } };
const syntax: Check = { ...passed, checker: 'syntax' };
const tried = (rows: readonly Seen[], checks: readonly Check[] = []): Tried => ({
  verdict: { seat: 's', status: 'passed', checks, tokens: null },
  observed: observed('s', rows),
});
const judged = (merged: Tried, best = tried(ints(2, 5, 6)), others = [tried(ints(1, 4, 6))]) =>
  judgeMerge({ suite: made, best, others, merged });

describe('mergeCanHelp()', () => {
  test('tells whether another answer meets or passes what the best fails', () => {
    const best = tried(ints(2, 5, 6), [failed]);
    expect(mergeCanHelp(made, best, [tried(ints(1, 4, 6))])).toBe(true);
    expect(mergeCanHelp(made, best, [tried(ints(1, 5, 6), [syntax, passed])])).toBe(true);
    expect(mergeCanHelp(made, best, [tried(ints(1, 5, 6), [failed])])).toBe(false);
  });
});

describe('judgeMerge()', () => {
  test('takes what meets all that the best meets, and more', () => {
    expect(judged(tried(ints(2, 4, 6)))).toMatchObject({ taken: true, isWorse: false });
  });

  test.each([
    ['gains nothing', tried(ints(2, 5, 6)), false],
    ['loses an example for another', tried(ints(1, 4, 6)), true],
    ['does otherwise where all agree', tried(ints(2, 4, 7)), true],
    ['raises where all agree', tried([...ints(2, 4), raised('E')]), true],
    ['differs from run to run', tried([...ints(2, 4), { kind: 'flaky' }]), true],
  ])('drops what %s', (_, merged, isWorse) => {
    expect(judged(merged)).toMatchObject({ taken: false, isWorse });
  });

  test('drops what brings no result where the best does, though the answers differ there', () => {
    const merged = tried([...ints(2, 4), raised('E')]);
    expect(judged(merged, undefined, [tried(ints(1, 4, 9))])).toMatchObject({ isWorse: true });
  });

  test('drops what could not be run', () => {
    const merged: Tried = {
      ...tried([]),
      observed: { status: 'not-run', seat: 's', because: 'nothing runs cobol here', remedy: null },
    };
    expect(judged(merged).because).toBe('it could not be run: nothing runs cobol here');
  });

  test('compares the checks of the person with each other, however many files an answer has', () => {
    const best = tried(ints(2, 5, 6), [syntax, passed]);
    const merged = tried(ints(2, 4, 6), [syntax, syntax, failed]);
    expect(judged(merged, best)).toMatchObject({ taken: false, isWorse: true });
  });

  test('takes what passes a check that the best fails', () => {
    const best = tried(ints(2, 4, 6), [syntax, failed]);
    expect(judged(tried(ints(2, 4, 6), [syntax, syntax, passed]), best).taken).toBe(true);
  });
});
