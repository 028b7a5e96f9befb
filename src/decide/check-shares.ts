import { faultOf, isUserCheck } from '../domain/gate.ts';
import type { MatrixCandidate } from '../domain/matrix.ts';
import type { Observed } from '../domain/observed.ts';
import type { Check, Verdict } from '../domain/verdict.ts';

/** What checking and running one candidate showed. */
export interface Checked {
  readonly verdict: Verdict;
  readonly observed: Observed;
}

/**
 * How many of the checks that gate each candidate it passes: those of the person, and the parser's where it found
 * a fault in the code of one of them that did not run either. A check of several tests counts for the share that
 * passes. What did not run, what an empty answer passes as well and what is flaky is not counted.
 */
export function sharesOf(checked: readonly Checked[]): readonly MatrixCandidate['checks'][] {
  const isGated = checked.some(isBroken);
  return checked.map((one) => {
    const { passed, total } = userShare(one);
    if (!isGated) return { passed, total };
    return { passed: isBroken(one) ? passed : passed + 1, total: total + 1 };
  });
}

/** Whether a candidate fails a check that gates it. */
export function failsChecks(checked: Checked): boolean {
  const { passed, total } = userShare(checked);
  return passed < total || isBroken(checked);
}

function userShare({ verdict }: Checked): MatrixCandidate['checks'] {
  const shares = verdict.checks.filter(counts).map(shareOf);
  return { passed: shares.reduce((sum, share) => sum + share, 0), total: shares.length };
}

function counts(check: Check): boolean {
  if (!isUserCheck(check) || check.weightless !== undefined) return false;
  return check.outcome.status !== 'not-run' && check.outcome.status !== 'flaky';
}

/** A syntax fault in code that runs is the grammar's. */
function isBroken({ verdict, observed }: Checked): boolean {
  const ran = observed.status === 'ran' && observed.rows.some(({ kind }) => kind === 'returned');
  if (ran) return false;
  return verdict.checks.some(
    ({ checker, outcome }) => checker === 'syntax' && faultOf(outcome) !== undefined,
  );
}

/** A check that failed though all its tests passed, as for the exit status, counts as one test less. */
function shareOf({ outcome, tests }: Check): number {
  if (outcome.status === 'passed') return 1;
  if (!tests || tests.executed === 0) return 0;
  const all = Math.max(tests.executed, tests.expected ?? 0);
  return Math.min(tests.executed - tests.failed, all - 1) / all;
}
