import type { FailureKind } from './failure.ts';
import type { SeatId } from './plan.ts';

/** How much a finding matters. */
export type Severity = 'critical' | 'major' | 'minor';

/** One remark of a validator on the chosen answer. */
export interface Finding {
  readonly severity: Severity;
  readonly message: string;
  /** Path and line as the validator gave them; null where it gave none. */
  readonly file: string | null;
  readonly line: number | null;
}

/** What came of asking one validator. A reply that does not parse is no review. */
export type Review =
  | {
      readonly status: 'reviewed';
      readonly seat: SeatId;
      readonly verdict: 'accept' | 'revise' | 'reject';
      readonly summary: string;
      readonly findings: readonly Finding[];
    }
  | {
      readonly status: 'none';
      readonly seat: SeatId;
      readonly because: FailureKind | 'unreadable-review' | 'nothing-to-review';
    };

/** Why a person should look. Codes are stable; more come with selection by execution. */
export type ReviewCode =
  | 'no_answer'
  | 'checks_failed'
  | 'check_flaky'
  | 'not_verified'
  | 'behaviour_split'
  | 'quorum_short'
  | 'validator_rejected'
  | 'critical_finding'
  | 'lone_critical_finding'
  | 'no_sandbox'
  | 'no_discriminating_test'
  | 'judge_order_flip'
  | 'tests_only_self_reported'
  | 'merge_dropped'
  | 'strong_model_missing'
  | 'identity_mismatch'
  | 'injection_suspected'
  | 'budget_stop'
  | 'changes_requested'
  | 'no_review';

/** The one table of what each code means; a reason that is given always demands that a person looks. */
export const reviewCodes: Readonly<Record<ReviewCode, string>> = {
  no_answer: 'No answer is left to choose from',
  checks_failed: 'The chosen answer fails a check, such as not being parsed',
  check_flaky: 'A check failed and then passed on the same files, so that its result says nothing',
  not_verified: 'Checks were required, and none of them could run on the chosen answer',
  behaviour_split:
    'Answers behave differently on the same input, and no check tells which one is right',
  quorum_short:
    'Fewer than half of the planned primaries answered, or only one of several, so nothing stands against the answer',
  validator_rejected: 'A validator rejected the chosen answer; the others do not outvote it',
  critical_finding: 'Validators report a critical defect; the others do not outvote them',
  lone_critical_finding: 'One validator reports a critical defect; the others do not outvote it',
  no_sandbox: 'The chosen answer could not be run, since nothing here holds hostile code off',
  no_discriminating_test:
    'No test tells whether the chosen answer is right, and no other model agrees with it',
  judge_order_flip: 'The judge of two behaviours went by the order in which it saw their results',
  tests_only_self_reported:
    'The only checks that passed ran in one process with the answer, which could have bent them',
  merge_dropped: 'A merged answer was written and lost something that the best single answer has',
  strong_model_missing:
    'A model that is known to be stronger than the chosen one brought no answer',
  identity_mismatch: 'The vendor says that another model answered than the one that was asked',
  injection_suspected: 'An answer addresses those who judge it',
  budget_stop: 'The time for the run was up before everything was done',
  changes_requested:
    'No validator accepted the chosen answer as it is, and nobody made the changes that were asked for',
  no_review: 'Validators were planned, and none of them gave a review',
};

/** One reason, with what it rests on. */
export interface ReviewReason {
  readonly code: ReviewCode;
  readonly message: string;
  /** What was seen, such as an input with two results; the message where there is nothing else. */
  readonly witness: string;
  /** The seats that it is about. */
  readonly seats: readonly SeatId[];
}

/** Whether a person should look, and everything that speaks for it. */
export interface Validation {
  readonly needsHumanReview: boolean;
  readonly reasons: readonly ReviewReason[];
  /** One row for each validator seat, in the order of the plan. */
  readonly reviews: readonly Review[];
}
