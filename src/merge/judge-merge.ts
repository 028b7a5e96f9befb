import { faultOf, isUserCheck } from '../domain/gate.ts';
import { isMet } from '../domain/lens.ts';
import { observationKey } from '../domain/observation-key.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { Suite } from '../domain/suite.ts';
import type { TestCase } from '../domain/test-case.ts';
import type { Check, Verdict } from '../domain/verdict.ts';

/** An answer with what checking and running it showed. */
export interface Tried {
  readonly verdict: Verdict;
  readonly observed: Observed;
}

/** The best single answer, the others, the merged one, and what they ran on. */
export interface MergeCase {
  readonly suite: Suite;
  readonly best: Tried;
  readonly others: readonly Tried[];
  readonly merged: Tried;
}

/** Whether a merged answer is taken, and why, in words that follow a colon. */
export interface MergeVerdict {
  readonly taken: boolean;
  /** Whether it loses something that the best single answer has. */
  readonly isWorse: boolean;
  readonly because: string;
}

/** Whether another answer passes a check, or meets a test that the person or the task shows, which the best fails. */
export function mergeCanHelp(suite: Suite, best: Tried, others: readonly Tried[]): boolean {
  const failed = shownTests(suite).filter((index) => !meets(best, suite, index));
  const isMetElsewhere = failed.some((index) => others.some((one) => meets(one, suite, index)));
  const checks = userChecks(best).flatMap((check, index) => (hasFailed(check) ? [index] : []));
  return isMetElsewhere || checks.some((at) => others.some((one) => passes(one, at)));
}

/**
 * Takes a merged answer only when it passes every check and meets every test that the best single answer does,
 * brings a result wherever that one does, does what all the answers do where they agree, and passes or meets
 * more than the best.
 */
export function judgeMerge(given: MergeCase): MergeVerdict {
  const loss = lossOf(given);
  if (loss !== undefined) return { taken: false, isWorse: true, because: loss };
  const { suite, best, merged } = given;
  const gained = shownTests(suite).filter(
    (at) => meets(merged, suite, at) && !meets(best, suite, at),
  );
  const gainedChecks = userChecks(best).filter(
    (check, index) => hasFailed(check) && passes(merged, index),
  );
  const gains = gained.length + gainedChecks.length;
  if (gains === 0) {
    const because = 'it passes no more than the best single answer';
    return { taken: false, isWorse: false, because };
  }
  const because = `it passes all that the best single answer passes, and ${gains} more`;
  return { taken: true, isWorse: false, because };
}

/** What the merged answer loses against the best single one; undefined for nothing. */
function lossOf(given: MergeCase): string | undefined {
  const { suite, best, merged } = given;
  if (merged.observed.status === 'not-run' && best.observed.status === 'ran') {
    return `it could not be run: ${merged.observed.because}`;
  }
  const lostCheck = userChecks(best).some(
    (_, index) => passes(best, index) && !passes(merged, index),
  );
  if (lostCheck || (hasSyntaxFault(merged) && !hasSyntaxFault(best))) {
    return 'it fails a check that the best single answer passes';
  }
  const lost = suite.tests.find(
    (test, at) => isDemand(test) && meets(best, suite, at) && !meets(merged, suite, at),
  );
  if (lost) return `it fails ${lost.id}, which the best single answer meets`;
  if (losesResult(given)) return 'it brings no result where the best single answer does';
  if (breaksAgreement(given)) return 'it does otherwise where all the answers do the same';
  return undefined;
}

/** Whether it ends in an error, or hangs, on an input whose result nobody knows and the best answer has one. */
function losesResult({ suite, best, merged }: MergeCase): boolean {
  return suite.tests.some((test, at) => {
    const returns = seenAt(best, at)?.kind === 'returned';
    return !isDemand(test) && returns && seenAt(merged, at)?.kind !== 'returned';
  });
}

function shownTests({ tests }: Suite): readonly number[] {
  return tests.flatMap((test, index) =>
    isDemand(test) && (test.origin === 'example' || test.origin === 'user') ? [index] : [],
  );
}

function isDemand({ expected }: TestCase): boolean {
  return expected !== undefined && expected.kind !== 'source';
}

function meets(tried: Tried, suite: Suite, index: number): boolean {
  const expected = suite.tests[index]?.expected;
  const seen = seenAt(tried, index);
  return expected !== undefined && seen !== undefined && isMet(expected, seen, suite);
}

function seenAt({ observed }: Tried, index: number): Seen | undefined {
  return observed.status === 'ran' ? observed.rows[index] : undefined;
}

/** The checks of the person, which come in the same order for every answer, however many files it has. */
function userChecks({ verdict }: Tried): readonly Check[] {
  return verdict.checks.filter(isUserCheck);
}

function passes(tried: Tried, index: number): boolean {
  return userChecks(tried)[index]?.outcome.status === 'passed';
}

function hasFailed({ outcome }: Check): boolean {
  return faultOf(outcome) !== undefined;
}

function hasSyntaxFault({ verdict }: Tried): boolean {
  return verdict.checks.some(
    ({ checker, outcome }) => checker === 'syntax' && outcome.status === 'failed',
  );
}

function breaksAgreement({ suite, best, others, merged }: MergeCase): boolean {
  if (others.length === 0) return false;
  return suite.tests.some((_, index) => {
    const keys = [best, ...others, merged].map((one) => {
      const seen = seenAt(one, index);
      return seen?.kind === 'returned' ? observationKey(seen, suite) : undefined;
    });
    const own = keys.pop();
    const [shared] = keys;
    return shared !== undefined && keys.every((key) => key === shared) && own !== shared;
  });
}
