import { faultOf, isUserCheck } from '../domain/gate.ts';
import { demandsOn } from '../domain/lens.ts';
import type { Observed } from '../domain/observed.ts';
import type { Suite } from '../domain/suite.ts';
import type { Verdict } from '../domain/verdict.ts';

/** What running an answer against what the person and the task demand showed. */
export type Proof = 'right' | 'wrong' | 'unknown';

/** What is known of one answer by running it. */
export interface ProofFacts {
  readonly verdict: Verdict | undefined;
  readonly observed: Observed | undefined;
  readonly suite: Suite | null;
}

/**
 * Tells whether an answer is right by what was demanded and by nothing else: `wrong` after one demand that it does
 * not meet, `right` when there is one and it meets all. Tests of models, and checks that it could have bent, prove
 * nothing.
 */
export function proofOf({ verdict, observed, suite }: ProofFacts): Proof {
  const checks = (verdict?.checks ?? []).filter(
    (check) => isUserCheck(check) && check.weightless === undefined,
  );
  const shown =
    suite && observed?.status === 'ran'
      ? demandsOn(observed.rows, suite).filter(
          ({ test }) => test.origin === 'user' || test.origin === 'example',
        )
      : [];
  const fails = checks.some(({ outcome }) => faultOf(outcome) !== undefined);
  if (fails || shown.some(({ met }) => !met)) return 'wrong';
  const passes = checks.some(
    ({ outcome, selfReported }) => outcome.status === 'passed' && selfReported !== true,
  );
  return passes || shown.length > 0 ? 'right' : 'unknown';
}
