import { faultOf, isUserCheck } from '../domain/gate.ts';
import type { MatrixCandidate } from '../domain/matrix.ts';
import type { Observed } from '../domain/observed.ts';
import type { Check, Verdict } from '../domain/verdict.ts';

/**
 * How many of the checks that gate a candidate it passes: those of the person, and the parser's where it found a
 * fault in code that did not run either. A check of several tests counts for the share that passes. What did
 * not run, what an empty answer passes as well and what is flaky is not counted.
 */
export function checkShares({ checks }: Verdict, observed: Observed): MatrixCandidate['checks'] {
  const ran = observed.status === 'ran' && observed.rows.some(({ kind }) => kind === 'returned');
  const shares = checks.filter((check) => gates(check, ran)).map(shareOf);
  return { passed: shares.reduce((sum, share) => sum + share, 0), total: shares.length };
}

function gates(check: Check, ran: boolean): boolean {
  const { outcome, weightless } = check;
  if (check.checker === 'syntax') return !ran && faultOf(outcome) !== undefined;
  if (!isUserCheck(check) || weightless !== undefined) return false;
  return outcome.status !== 'not-run' && outcome.status !== 'flaky';
}

function shareOf({ outcome, tests }: Check): number {
  if (outcome.status === 'passed') return 1;
  if (!tests || tests.executed === 0) return 0;
  return (tests.executed - tests.failed) / Math.max(tests.executed, tests.expected ?? 0);
}
