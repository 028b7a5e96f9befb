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
  | 'not_verified'
  | 'behaviour_split'
  | 'quorum_short'
  | 'validator_rejected'
  | 'critical_finding'
  | 'no_review';

/** One reason, with what it rests on. */
export interface ReviewReason {
  readonly code: ReviewCode;
  readonly message: string;
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
