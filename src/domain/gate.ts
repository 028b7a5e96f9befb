import type { Check, CheckOutcome, Verdict } from './verdict.ts';

/** What the person's own checks, and the parser, say of a candidate. */
export type Gate = 'passed' | 'failed' | 'none';

/** The kinds of check that the person gave. */
const userCheckers: ReadonlySet<string> = new Set(['command', 'tests']);

/**
 * Tells whether a candidate may win: `failed` after one failed check of the person, or a syntax fault that no
 * run of the code has overruled; `passed` after one passed check and none failed. Type errors, flaky checks,
 * checks that did not run and checks that an empty answer passes decide nothing.
 */
export function gateOf({ checks }: Pick<Verdict, 'checks'>): Gate {
  const gating = checks.filter((check) => isUserCheck(check) || check.checker === 'syntax');
  if (gating.some(hasFailed)) return 'failed';
  return gating.some((check) => isUserCheck(check) && hasPassed(check)) ? 'passed' : 'none';
}

/** Whether a check was given by the person. */
export function isUserCheck({ checker }: Check): boolean {
  return userCheckers.has(checker);
}

/** What speaks against a candidate, in one line. */
export interface Fault {
  /** From 1; null where the check names no line. */
  readonly line: number | null;
  readonly message: string;
}

/** Tells the fault that a check found; undefined for a pass, and for one that is flaky or did not run. */
export function faultOf(outcome: CheckOutcome): Fault | undefined {
  switch (outcome.status) {
    case 'failed':
      return outcome;
    case 'crashed':
      return { line: null, message: `crashed: ${outcome.how}` };
    case 'timed-out':
      return { line: null, message: `no end within ${outcome.limitMs / 1000} s` };
    default:
      return undefined;
  }
}

/**
 * Takes back the syntax faults of files that ran: where code does what is asked, the grammar is behind its
 * language. `ran` tells whether a file was part of a program that ran.
 */
export function overruleSyntax(
  checks: readonly Check[],
  ran: (file: string | null) => boolean,
): readonly Check[] {
  return checks.map((check) => {
    const { checker, file, outcome } = check;
    if (checker !== 'syntax' || outcome.status !== 'failed' || !ran(file)) return check;
    const because = `the code runs, so the grammar is behind in line ${outcome.line}: ${outcome.message}`;
    return { ...check, outcome: { status: 'not-run', because } };
  });
}

function hasFailed({ outcome }: Check): boolean {
  return faultOf(outcome) !== undefined;
}

function hasPassed({ outcome, weightless }: Check): boolean {
  return outcome.status === 'passed' && weightless === undefined;
}
