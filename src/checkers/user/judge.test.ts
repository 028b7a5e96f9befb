import { describe, expect, test } from 'vitest';
import type { ConfinedStatus } from '../../domain/sandbox.ts';
import { type CheckRun, type Control, controlOf, judge } from './judge.ts';
import type { Report } from './runners/test-runner.ts';

const report = (change: Partial<Report> = {}): Report => ({
  by: 'unittest',
  executed: 3,
  failed: 0,
  isBroken: false,
  first: null,
  ...change,
});
const run = (change: Partial<CheckRun> = {}): CheckRun => ({
  end: { status: 'exited', code: 0 },
  report: report(),
  lastLine: '',
  limitMs: 2000,
  ...change,
});
const control: Control = { expected: 3, passes: false, cannotRun: null };
const first = { name: 'test_a', message: '1 != 2', line: 7 };

describe('judge() of a run with a report', () => {
  test.each<[string, Partial<CheckRun>, object]>([
    ['passes when as many tests ran as without the answer', {}, { status: 'passed' }],
    [
      'fails with the first test that failed',
      { report: report({ failed: 1, first }) },
      { status: 'failed', line: 7, message: 'test_a: 1 != 2' },
    ],
    [
      'fails for a tests file that cannot be loaded',
      { report: report({ isBroken: true, executed: 0 }) },
      { status: 'failed', line: null, message: 'the tests' },
    ],
    [
      'crashed when fewer ran',
      { report: report({ executed: 2 }) },
      { status: 'crashed', how: 'only 2 of 3 tests ran' },
    ],
    [
      'crashed when none ran',
      { report: report({ executed: 0 }) },
      { status: 'crashed', how: 'only 0 of 3 tests ran' },
    ],
    [
      'crashed when the runner left no report, whatever the exit status',
      { report: null, lastLine: '1 passed' },
      { status: 'crashed', how: 'exit status 0 before the tests ended: 1 passed' },
    ],
    [
      'crashed when the process ends badly after a good report',
      { end: { status: 'exited', code: 1 } },
      { status: 'crashed', how: 'exit status 1, though no test is reported as failed' },
    ],
  ])('%s', (_, change, outcome) => {
    expect(judge(run(change), control).outcome).toEqual(outcome);
  });

  test('did not run when no test ran with or without the answer', () => {
    const empty = run({ report: report({ executed: 0 }) });
    const { outcome } = judge(empty, { ...control, expected: 0 });
    expect(outcome).toEqual({ status: 'not-run', because: 'no test ran' });
  });

  test.each<[ConfinedStatus, object]>([
    [{ status: 'timed-out' }, { status: 'timed-out', limitMs: 2000 }],
    [{ status: 'cpu-limit' }, { status: 'timed-out', limitMs: 2000 }],
    [{ status: 'out-of-memory' }, { status: 'crashed', how: 'out of memory' }],
    [{ status: 'output-limit' }, { status: 'crashed', how: 'too much output' }],
    [
      { status: 'signalled', signal: 'SIGSEGV' },
      { status: 'crashed', how: 'SIGSEGV' },
    ],
    [{ status: 'aborted' }, { status: 'not-run', because: 'the run was cancelled' }],
    [
      { status: 'not-started', message: 'no perl' },
      { status: 'not-run', because: 'no perl' },
    ],
  ])('that ended as %o never passes', (end, outcome) => {
    expect(judge(run({ end }), control).outcome).toEqual(outcome);
  });
});

describe('judge() of a command whose runner is unknown', () => {
  const byCode = (code: number, change: Partial<Control> = {}) =>
    judge(run({ end: { status: 'exited', code }, report: undefined, lastLine: 'boom' }), {
      ...control,
      ...change,
    });

  test('goes by the exit status', () => {
    expect(byCode(0)).toEqual({ outcome: { status: 'passed' }, tests: undefined });
    expect(byCode(2).outcome).toMatchObject({ status: 'failed', message: 'exit status 2: boom' });
  });

  test('fails for the status of a missing program, which an answer can give as well', () => {
    expect(byCode(127).outcome).toHaveProperty('status', 'failed');
  });

  test('did not run where it cannot without an answer either', () => {
    const { outcome } = byCode(127, { cannotRun: 'exit status 127: not found' });
    expect(outcome).toEqual({ status: 'not-run', because: 'exit status 127: not found' });
  });
});

test('controlOf() counts the tests, and not those of a file that could not be loaded', () => {
  expect(controlOf(run({ report: report({ failed: 3 }) }))).toEqual(control);
  expect(controlOf(run({ report: report({ isBroken: true }) }))).toHaveProperty('expected', null);
  expect(controlOf(run())).toHaveProperty('passes', true);
});

test('controlOf() tells a program that is missing', () => {
  const end = { status: 'exited', code: 127 } as const;
  const found = controlOf(run({ end, report: undefined, lastLine: 'sh: x: not found' }));
  expect(found.cannotRun).toBe('exit status 127: sh: x: not found');
});
