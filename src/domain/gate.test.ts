import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultOf, gateOf, overruleSyntax } from './gate.ts';
import type { Check, CheckOutcome } from './verdict.ts';

const passed: CheckOutcome = { status: 'passed' };
const failed: CheckOutcome = { status: 'failed', line: 3, message: 'no' };
const crashed: CheckOutcome = { status: 'crashed', how: 'SIGKILL' };
const late: CheckOutcome = { status: 'timed-out', limitMs: 1500 };
const flaky: CheckOutcome = { status: 'flaky', message: 'no' };
const notRun: CheckOutcome = { status: 'not-run', because: 'no sandbox' };
const outcomes = [passed, failed, crashed, late, flaky, notRun];

const check = (checker: string, outcome: CheckOutcome, change: Partial<Check> = {}): Check => ({
  checker,
  file: 'a.py',
  outcome,
  ...change,
});

describe('gateOf() says', () => {
  test.each<[string, readonly Check[], string]>([
    ['passed after a passed check', [check('tests', passed)], 'passed'],
    ['failed after one failed check', [check('tests', passed), check('command', failed)], 'failed'],
    ['failed after a crash', [check('command', crashed)], 'failed'],
    ['failed after a timeout', [check('tests', late)], 'failed'],
    ['failed after a syntax fault', [check('syntax', failed), check('tests', notRun)], 'failed'],
    ['none after syntax that is right', [check('syntax', passed)], 'none'],
    ['none after a flaky check', [check('tests', flaky)], 'none'],
    ['none after checks that did not run', [check('tests', notRun)], 'none'],
    ['none after type errors', [check('types', failed)], 'none'],
    ['none for a pass that says nothing', [check('command', passed, { weightless: 'x' })], 'none'],
    ['none without checks', [], 'none'],
  ])('%s', (_, checks, gate) => {
    expect(gateOf({ checks })).toBe(gate);
  });

  test('the same in any order, and failed when a failed check is added', () => {
    const anyCheck = fc
      .tuple(fc.constantFrom('tests', 'command', 'syntax', 'types'), fc.constantFrom(...outcomes))
      .map(([checker, outcome]) => check(checker, outcome));
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 6 }), (checks) => {
        expect(gateOf({ checks: checks.toReversed() })).toBe(gateOf({ checks }));
        expect(gateOf({ checks: [...checks, check('tests', failed)] })).toBe('failed');
      }),
    );
  });
});

test('faultOf() tells what was found, and nothing of what did not fail', () => {
  expect(outcomes.map((outcome) => faultOf(outcome)?.message)).toEqual([
    undefined,
    'no',
    'crashed: SIGKILL',
    'no end within 1.5 s',
    undefined,
    undefined,
  ]);
});

test('overruleSyntax() takes back the fault of a file that ran, and of no other', () => {
  const [ran, other, tests] = overruleSyntax(
    [check('syntax', failed), check('syntax', failed, { file: 'b.py' }), check('tests', failed)],
    (file) => file === 'a.py',
  );
  expect(ran?.outcome).toMatchObject({ status: 'not-run' });
  expect([other?.outcome, tests?.outcome]).toEqual([failed, failed]);
});
