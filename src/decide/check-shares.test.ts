import { expect, test } from 'vitest';
import type { Check, CheckOutcome } from '../domain/verdict.ts';
import { observed } from '../testing/builders.ts';
import { raised, returned } from '../testing/scripted-executor.ts';
import { type Checked, failsChecks, sharesOf } from './check-shares.ts';

const passed: CheckOutcome = { status: 'passed' };
const failed: CheckOutcome = { status: 'failed', line: 1, message: 'no' };
const user = (outcome: CheckOutcome, change: Partial<Check> = {}): Check => ({
  checker: 'tests',
  file: 't.py',
  outcome,
  ...change,
});
const syntax = (outcome: CheckOutcome): Check => ({ checker: 'syntax', file: null, outcome });
const one = (checks: readonly Check[], seen = raised('SyntaxError')): Checked => ({
  verdict: { seat: 's', status: 'passed', checks, tokens: null },
  observed: observed('s', [seen]),
});

test('sharesOf() counts checks of the person that could tell, and no others', () => {
  const checks = [
    user(passed),
    user(failed),
    user(passed, { weightless: 'an empty answer passes' }),
    user({ status: 'flaky', message: 'x' }),
    user({ status: 'not-run', because: 'x' }),
    { checker: 'types', file: null, outcome: failed },
  ];
  expect(sharesOf([one(checks)])).toEqual([{ passed: 1, total: 2 }]);
});

test('sharesOf() counts a check of several tests by its share, and never as passed when it failed', () => {
  const counts = (executed: number, failing: number, expected: number | null = null) =>
    user(failed, { tests: { executed, failed: failing, expected } });
  expect(sharesOf([one([counts(10, 4)])])).toEqual([{ passed: 0.6, total: 1 }]);
  expect(sharesOf([one([counts(4, 0, 8)])])).toEqual([{ passed: 0.5, total: 1 }]);
  expect(sharesOf([one([counts(4, 0)])])).toEqual([{ passed: 0.75, total: 1 }]);
});

test('sharesOf() puts code that neither parses nor runs behind all other', () => {
  const shares = sharesOf([one([syntax(failed)]), one([syntax(passed)]), one([])]);
  expect(shares.map((share) => share.passed)).toEqual([0, 1, 1]);
});

test('sharesOf() takes a syntax fault in code that runs for one of the grammar', () => {
  const runs = one([syntax(failed)], returned(null));
  expect(sharesOf([runs])).toEqual([{ passed: 0, total: 0 }]);
  expect(failsChecks(runs)).toBe(false);
  expect(failsChecks(one([syntax(failed)]))).toBe(true);
});
