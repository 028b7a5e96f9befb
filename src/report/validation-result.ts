import type { SeatId } from '../domain/plan.ts';
import type { ValidationResult } from '../domain/result.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Review } from '../domain/validation.ts';
import { failureTitles } from './failure-text.ts';

/** Shows what the validators and the evidence say, with the runners' names in place of seats. */
export function validationOf({ plan, validation }: RunRecord): ValidationResult {
  const runners = new Map(plan.seats.map(({ id, runner }) => [id, runner]));
  const name = (seat: SeatId): string => runners.get(seat) ?? seat;
  return {
    needsHumanReview: validation.needsHumanReview,
    reviewReasons: validation.reasons.map(({ code, message, seats, witness }) => ({
      code,
      message,
      models: seats.map(name),
      witness,
    })),
    findings: validation.reviews.flatMap((review) =>
      review.status === 'reviewed'
        ? review.findings.map((finding) => ({ model: name(review.seat), ...finding }))
        : [],
    ),
    reviews: validation.reviews.map((review) => ({
      model: name(review.seat),
      verdict: review.status === 'reviewed' ? review.verdict : null,
      summary: review.status === 'reviewed' ? review.summary : whyNone(review),
    })),
  };
}

/** Says why a validator gave no review, in a few words. */
export function whyNone({ because }: Extract<Review, { status: 'none' }>): string {
  if (because === 'unreadable-review') return 'No review: its reply could not be read as one';
  if (because === 'nothing-to-review') return 'No review: there was no answer to review';
  return `No review: ${failureTitles[because].toLowerCase()}`;
}
