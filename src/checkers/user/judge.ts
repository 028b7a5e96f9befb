import type { ConfinedStatus } from '../../domain/sandbox.ts';
import type { CheckOutcome, TestCounts } from '../../domain/verdict.ts';
import type { Report } from './runners/test-runner.ts';

/** What a check in the sandbox came to. */
export interface CheckRun {
  readonly end: ConfinedStatus;
  /** Undefined where the runner has none; null where it has one and left none. */
  readonly report: Report | null | undefined;
  /** The last line of what it printed. */
  readonly lastLine: string;
  readonly limitMs: number;
}

/** What a run without any answer came to, or with one that does nothing. */
export interface Control {
  /** The tests that ran then; null where they could not be counted. */
  readonly expected: number | null;
  /** Whether the check passes for it, and so does not notice what an answer does. */
  readonly passes: boolean;
  /** Why the check cannot run here, whatever the answer. */
  readonly cannotRun: string | null;
}

/** An outcome with the counts that it rests on. */
export interface Judged {
  readonly outcome: CheckOutcome;
  readonly tests: TestCounts | undefined;
}

/**
 * Judges a run. It passes only when the runner reports tests, none failed, at least as many ran as without the
 * answer, and the process ended well; an exit status alone passes only a command whose runner is unknown. What
 * an answer can bring about by itself never makes a failure a check that did not run.
 */
export function judge(run: CheckRun, { expected, cannotRun }: Control): Judged {
  const { end, report, limitMs } = run;
  const tests = report ? countsOf(report, expected) : undefined;
  const judged = (outcome: CheckOutcome): Judged => ({ outcome, tests });
  if (cannotRun !== null) return judged({ status: 'not-run', because: cannotRun });
  if (end.status === 'not-started') return judged({ status: 'not-run', because: end.message });
  if (end.status === 'aborted')
    return judged({ status: 'not-run', because: 'the run was cancelled' });
  if (end.status === 'timed-out' || end.status === 'cpu-limit')
    return judged({ status: 'timed-out', limitMs });
  if (end.status === 'signalled') return judged({ status: 'crashed', how: end.signal });
  if (end.status !== 'exited') return judged({ status: 'crashed', how: endTexts[end.status] });
  if (report === undefined) return judged(byExitCode(end.code, run.lastLine));
  if (report === null)
    return judged({
      status: 'crashed',
      how: `exit status ${end.code} before the tests ended${said(run)}`,
    });
  return judged(byReport(report, end.code, expected));
}

/** Tells what the control shows: run before any answer, by the same check. */
export function controlOf(run: CheckRun): Control {
  const { end, report, lastLine } = run;
  const { outcome } = judge(run, { expected: null, passes: false, cannotRun: null });
  const isMissing = end.status === 'exited' && (end.code === 127 || end.code === 126);
  return {
    expected: report && !report.isBroken ? report.executed : null,
    passes: outcome.status === 'passed',
    // What a shell answers for a command that does not exist, or that is no program.
    cannotRun: isMissing ? `exit status ${end.code}: ${lastLine}` : null,
  };
}

function byReport(report: Report, code: number, expected: number | null): CheckOutcome {
  const { executed, failed, isBroken, first } = report;
  if (failed > 0 || isBroken) {
    const { name = 'the tests', message = '', line = null } = first ?? {};
    const text = [name, message].filter((part) => part !== '').join(': ');
    const difference =
      first?.expected === undefined ? {} : { expected: first.expected, got: first.got };
    return { status: 'failed', line, message: text, ...difference };
  }
  if (expected !== null && executed < expected)
    return { status: 'crashed', how: `only ${executed} of ${expected} tests ran` };
  if (executed === 0) return { status: 'not-run', because: 'no test ran' };
  if (code !== 0)
    return { status: 'crashed', how: `exit status ${code}, though no test is reported as failed` };
  return { status: 'passed' };
}

function byExitCode(code: number, lastLine: string): CheckOutcome {
  if (code === 0) return { status: 'passed' };
  const message = `exit status ${code}${lastLine === '' ? '' : `: ${lastLine}`}`;
  return { status: 'failed', line: null, message };
}

function countsOf({ executed, failed }: Report, expected: number | null): TestCounts {
  return { executed, failed, expected };
}

function said({ lastLine }: CheckRun): string {
  return lastLine === '' ? '' : `: ${lastLine}`;
}

const endTexts = {
  'out-of-memory': 'out of memory',
  'output-limit': 'too much output',
  'disk-limit': 'too much written to files',
  'process-limit': 'too many processes',
} as const;
