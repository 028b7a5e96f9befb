import type { Attempt } from '../domain/attempt.ts';
import type { Decision } from '../domain/decision.ts';
import { faultOf } from '../domain/gate.ts';
import type { Plan } from '../domain/plan.ts';
import type { Finding, Review, ReviewReason, Validation } from '../domain/validation.ts';
import type { Check, Verdict } from '../domain/verdict.ts';

/** Everything that speaks for or against the chosen answer. */
export interface Evidence {
  readonly plan: Plan;
  /** One row for each primary seat. */
  readonly attempts: readonly Attempt[];
  /** One row for each primary seat. */
  readonly verdicts: readonly Verdict[];
  readonly decision: Decision;
  /** One row for each validator seat. */
  readonly reviews: readonly Review[];
}

type Reviewed = Extract<Review, { status: 'reviewed' }>;

/**
 * Decides whether a person should look at the chosen answer: exactly when there is a reason, and every
 * reason is listed. What is merely unknown, such as code that nothing has run, is no reason.
 */
export function validate(evidence: Evidence): Validation {
  const reasons =
    evidence.decision.chosen === null
      ? [noAnswer(evidence)]
      : [
          ...checksFailed(evidence),
          ...checkFlaky(evidence),
          ...quorumShort(evidence),
          ...validatorRejected(evidence),
          ...criticalFinding(evidence),
          ...changesRequested(evidence),
          ...noReview(evidence),
        ];
  return { needsHumanReview: reasons.length > 0, reasons, reviews: evidence.reviews };
}

function noAnswer({ attempts }: Evidence): ReviewReason {
  const failed = attempts.filter(({ status }) => status === 'failed');
  const message =
    failed.length === attempts.length
      ? 'No model answered'
      : 'Models answered, and none of their answers can be chosen';
  return { code: 'no_answer', message, seats: attempts.map(({ seat }) => seat) };
}

function checksFailed({ decision, verdicts }: Evidence): readonly ReviewReason[] {
  const verdict = verdicts.find(({ seat }) => seat === decision.chosen);
  if (verdict?.status !== 'failed') return [];
  const message = `The chosen answer does not pass its checks${firstFailure(verdict.checks)}`;
  return [{ code: 'checks_failed', message, seats: [verdict.seat] }];
}

function checkFlaky({ decision, verdicts }: Evidence): readonly ReviewReason[] {
  const verdict = verdicts.find(({ seat }) => seat === decision.chosen);
  const flaky = verdict?.checks.find(({ outcome }) => outcome.status === 'flaky');
  if (verdict === undefined || flaky === undefined) return [];
  const what = flaky.command ?? flaky.file ?? flaky.checker;
  const message = `A check fails and passes on the same files: ${what}`;
  return [{ code: 'check_flaky', message, seats: [verdict.seat] }];
}

function firstFailure(checks: readonly Check[]): string {
  for (const { checker, file, outcome } of checks) {
    const fault = faultOf(outcome);
    if (fault === undefined) continue;
    const line = fault.line === null ? null : `line ${fault.line}`;
    const place = [file, line].filter((part) => part !== null).join(' ');
    return `: ${checker}${place === '' ? '' : `, ${place}`}: ${fault.message}`;
  }
  return '';
}

function quorumShort({ plan, attempts }: Evidence): readonly ReviewReason[] {
  const planned = plan.seats.filter(({ role }) => role === 'primary').length;
  const answered = attempts.filter(({ status }) => status === 'answered').length;
  if (planned === 1 || (answered > 1 && answered >= planned / 2)) return [];
  const message = `Only ${answered} of ${planned} models answered, too few to compare`;
  const missing = attempts.filter(({ status }) => status === 'failed').map(({ seat }) => seat);
  return [{ code: 'quorum_short', message, seats: missing }];
}

function validatorRejected({ reviews }: Evidence): readonly ReviewReason[] {
  const rejecting = reviewed(reviews).filter(({ verdict }) => verdict === 'reject');
  const [first] = rejecting;
  if (!first) return [];
  const message = `A validator rejected the answer${first.summary === '' ? '' : `: ${first.summary}`}`;
  return [{ code: 'validator_rejected', message, seats: rejecting.map(({ seat }) => seat) }];
}

function criticalFinding({ reviews }: Evidence): readonly ReviewReason[] {
  const reporting = reviewed(reviews).filter((review) => criticalOf(review).length > 0);
  const [first, ...others] = reporting.flatMap(criticalOf);
  if (!first) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const message = `Critical finding${placeOf(first)}: ${first.message}${more}`;
  return [{ code: 'critical_finding', message, seats: reporting.map(({ seat }) => seat) }];
}

/** A rejection asks for more than changes and is its own reason, so this one needs somebody who did not. */
function changesRequested({ reviews }: Evidence): readonly ReviewReason[] {
  const given = reviewed(reviews);
  const asking = given.filter(({ verdict }) => verdict === 'revise');
  if (asking.length === 0 || given.some(({ verdict }) => verdict === 'accept')) return [];
  const summary = asking.find((review) => review.summary !== '')?.summary;
  const message = `No validator accepted the answer as it is${summary ? `: ${summary}` : ''}`;
  return [{ code: 'changes_requested', message, seats: asking.map(({ seat }) => seat) }];
}

function noReview({ reviews }: Evidence): readonly ReviewReason[] {
  if (reviews.length === 0 || reviewed(reviews).length > 0) return [];
  const message = 'No validator gave a review that can be read';
  return [{ code: 'no_review', message, seats: reviews.map(({ seat }) => seat) }];
}

function reviewed(reviews: readonly Review[]): readonly Reviewed[] {
  return reviews.filter((review) => review.status === 'reviewed');
}

function criticalOf({ findings }: Reviewed): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'critical');
}

function placeOf({ file, line }: Finding): string {
  if (file === null) return line === null ? '' : ` in line ${line}`;
  return line === null ? ` in ${file}` : ` in ${file} line ${line}`;
}
