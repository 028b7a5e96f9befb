import { faultOf, isUserCheck } from '../domain/gate.ts';
import type { MatrixCandidate } from '../domain/matrix.ts';
import type { Observed } from '../domain/observed.ts';
import type { Check, Verdict } from '../domain/verdict.ts';

/**
 * How many of the checks that gate a candidate it passes: those of the person, and for every candidate that its
 * code has no fault, which a parser alone may claim of code that did not run. A check of several tests counts
 * for the share that passes. What did not run, what an empty answer passes as well and what is flaky is not
 * counted.
 */
export function checkShares({ checks }: Verdict, observed: Observed): MatrixCandidate['checks'] {
  const ran = observed.status === 'ran' && observed.rows.some(({ kind }) => kind === 'returned');
  const isFaulty =
    !ran && checks.some(({ checker, outcome }) => checker === 'syntax' && faultOf(outcome));
  const shares = [isFaulty ? 0 : 1, ...checks.filter(gates).map(shareOf)];
  return { passed: shares.reduce((sum, share) => sum + share, 0), total: shares.length };
}

function gates(check: Check): boolean {
  const { outcome, weightless } = check;
  if (!isUserCheck(check) || weightless !== undefined) return false;
  return outcome.status !== 'not-run' && outcome.status !== 'flaky';
}

function shareOf({ outcome, tests }: Check): number {
  if (outcome.status === 'passed') return 1;
  if (!tests || tests.executed === 0) return 0;
  return (tests.executed - tests.failed) / Math.max(tests.executed, tests.expected ?? 0);
}
