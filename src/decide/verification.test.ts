import { describe, expect, test } from 'vitest';
import type { Seen } from '../domain/observed.ts';
import type { Check } from '../domain/verdict.ts';
import { observed, suite, testCase } from '../testing/builders.ts';
import { returned } from '../testing/scripted-executor.ts';
import { verificationOf } from './verification.ts';

const tests = [testCase('example-1', [1, 2]), testCase('validator-1', [2, 4])];
const ints = (...values: readonly number[]) => values.map((value) => returned({ int: `${value}` }));
const check: Check = { checker: 'tests', file: 't.py', outcome: { status: 'passed' } };

function verification(rows: readonly Seen[], of = tests, checks: readonly Check[] = []) {
  return verificationOf({
    verdict: { seat: 's', status: 'passed', checks, tokens: null },
    observed: observed('s', rows),
    suite: suite(of),
  });
}

describe('verificationOf()', () => {
  test('goes by what the task shows before what models wrote', () => {
    expect(verification(ints(2, 9)).status).toBe('verified');
    expect(verification(ints(9, 4)).status).toBe('contradicted');
  });

  test('says how many tests of models are met, and does not call none of them partly', () => {
    const written = [testCase('validator-1', [1, 2]), testCase('validator-2', [2, 4])];
    expect(verification(ints(2, 9), written)).toMatchObject({
      status: 'partly',
      because: 'It meets 1 of 2 tests that models wrote',
    });
    expect(verification(ints(9, 9), written)).toMatchObject({
      status: 'unverified',
      because: 'It meets none of 2 tests that models wrote',
    });
  });

  test('holds no test against an answer that could not be run on it', () => {
    const rows: readonly Seen[] = [{ kind: 'not-run', because: 'another language' }, ...ints(4)];
    expect(verification(rows).status).toBe('partly');
  });

  test.each([
    ['which it could not bend', [{ ...check, selfReported: false }], 'verified'],
    ['which ran in one process with it', [{ ...check, selfReported: true }], 'self-reported'],
    ['which an empty answer passes', [{ ...check, weightless: 'x' }], 'unverified'],
    [
      'of which one fails',
      [check, { ...check, outcome: { status: 'crashed', how: 'x' } }],
      'contradicted',
    ],
  ] as const)('tells checks %s', (_, checks, status) => {
    expect(verification(ints(1), [testCase('generated-1', [1])], checks).status).toBe(status);
  });

  test('is unverified where nothing was run', () => {
    const facts = { verdict: undefined, observed: undefined, suite: null };
    expect(verificationOf(facts)).toMatchObject({ status: 'unverified', sandbox: null });
  });
});
