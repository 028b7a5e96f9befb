import type { Attempt } from '../domain/attempt.ts';
import type { Candidate } from '../domain/candidate.ts';
import type { Decision } from '../domain/decision.ts';
import { faultOf, isUserCheck } from '../domain/gate.ts';
import type { Merge } from '../domain/merge.ts';
import type { Observed } from '../domain/observed.ts';
import type { Plan, SeatId } from '../domain/plan.ts';
import type { Settlement } from '../domain/settlement.ts';
import type { Suite } from '../domain/suite.ts';
import type { Task } from '../domain/task.ts';
import type { Finding, Review, ReviewReason, Validation } from '../domain/validation.ts';
import type { Check, Verdict } from '../domain/verdict.ts';
import { identityMismatch } from './identity-mismatch.ts';
import { injectionSuspected } from './injection-suspected.ts';
import { runReasons } from './run-reasons.ts';

/** Everything that speaks for or against the chosen answer. */
export interface Evidence {
  readonly task: Task;
  readonly plan: Plan;
  /** One row for each primary seat. */
  readonly attempts: readonly Attempt[];
  /** One row for each primary seat. */
  readonly verdicts: readonly Verdict[];
  /** One row for each primary seat. */
  readonly candidates: readonly Candidate[];
  readonly suite: Suite;
  /** One row for each primary seat. */
  readonly observed: readonly Observed[];
  readonly settlement: Settlement | null;
  readonly merge: Merge | null;
  /** Whether the time of the run was up before everything was done. */
  readonly outOfTime: boolean;
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
          ...notVerified(evidence),
          ...runReasons(evidence),
          ...strongModelMissing(evidence),
          ...identityMismatch(evidence),
          ...injectionSuspected(evidence),
          ...budgetStop(evidence),
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
  return { code: 'no_answer', message, witness: message, seats: attempts.map(({ seat }) => seat) };
}

function checksFailed({ decision, verdicts }: Evidence): readonly ReviewReason[] {
  const verdict = verdicts.find(({ seat }) => seat === decision.chosen);
  if (verdict?.status !== 'failed') return [];
  const message = `The chosen answer does not pass its checks${firstFailure(verdict.checks)}`;
  return [{ code: 'checks_failed', message, witness: message, seats: [verdict.seat] }];
}

/** The person wants the answer checked, and that was not possible. */
function notVerified({ decision, verdicts }: Evidence): readonly ReviewReason[] {
  const verdict = verdicts.find(({ seat }) => seat === decision.chosen);
  const given = verdict?.checks.filter(isUserCheck) ?? [];
  const reasons = given.flatMap(({ outcome }) =>
    outcome.status === 'not-run' ? [outcome.because] : [],
  );
  const [because] = reasons;
  if (!verdict || because === undefined || reasons.length < given.length) return [];
  const message = `None of your checks could run on the chosen answer: ${because}`;
  return [{ code: 'not_verified', message, witness: because, seats: [verdict.seat] }];
}

function checkFlaky({ decision, verdicts }: Evidence): readonly ReviewReason[] {
  const verdict = verdicts.find(({ seat }) => seat === decision.chosen);
  const flaky = verdict?.checks.find(({ outcome }) => outcome.status === 'flaky');
  if (verdict === undefined || flaky === undefined) return [];
  const what = flaky.command ?? flaky.file ?? flaky.checker;
  const message = `A check fails and passes on the same files: ${what}`;
  return [{ code: 'check_flaky', message, witness: message, seats: [verdict.seat] }];
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
  // Whoever was not needed is not missed.
  if (attempts.some(isSpared)) return [];
  if (planned === 1 || (answered > 1 && answered >= planned / 2)) return [];
  const message = `Only ${answered} of ${planned} models answered, too few to compare`;
  const missing = attempts.filter(({ status }) => status === 'failed').map(({ seat }) => seat);
  return [{ code: 'quorum_short', message, witness: message, seats: missing }];
}

function isSpared(attempt: Attempt): boolean {
  return attempt.status === 'failed' && attempt.failure.kind === 'not-needed';
}

/** A model that is known to be stronger than the one whose answer was chosen brought none. */
function strongModelMissing({ plan, attempts, decision }: Evidence): readonly ReviewReason[] {
  const strengthOf = (seat: SeatId | null): number | undefined =>
    plan.seats.find(({ id }) => id === seat)?.strength;
  const chosen = strengthOf(decision.chosen);
  const missing = attempts.filter(
    (attempt) =>
      attempt.status === 'failed' &&
      !isSpared(attempt) &&
      (strengthOf(attempt.seat) ?? 0) > (chosen ?? 1),
  );
  if (missing.length === 0) return [];
  const names = missing.map(({ runner }) => runner).join(', ');
  const message = `A stronger model than the one that was chosen brought no answer: ${names}`;
  return [
    {
      code: 'strong_model_missing',
      message,
      seats: missing.map(({ seat }) => seat),
      witness: names,
    },
  ];
}

function budgetStop({ outOfTime, attempts }: Evidence): readonly ReviewReason[] {
  if (!outOfTime) return [];
  const stopped = attempts.filter(({ status }) => status === 'failed');
  const message = 'The time for the run was up before everything was done';
  return [
    { code: 'budget_stop', message, seats: stopped.map(({ seat }) => seat), witness: message },
  ];
}

function validatorRejected({ reviews }: Evidence): readonly ReviewReason[] {
  const rejecting = reviewed(reviews).filter(({ verdict }) => verdict === 'reject');
  const [first] = rejecting;
  if (!first) return [];
  const message = `A validator rejected the answer${first.summary === '' ? '' : `: ${first.summary}`}`;
  return [
    {
      code: 'validator_rejected',
      message,
      witness: message,
      seats: rejecting.map(({ seat }) => seat),
    },
  ];
}

function criticalFinding({ reviews }: Evidence): readonly ReviewReason[] {
  const reporting = reviewed(reviews).filter((review) => criticalOf(review).length > 0);
  const [first, ...others] = reporting.flatMap(criticalOf);
  if (!first) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const message = `Critical finding${placeOf(first)}: ${first.message}${more}`;
  return [
    {
      code: reporting.length === 1 ? 'lone_critical_finding' : 'critical_finding',
      message,
      witness: first.message,
      seats: reporting.map(({ seat }) => seat),
    },
  ];
}

/** A rejection asks for more than changes and is its own reason, so this one needs somebody who did not. */
function changesRequested({ reviews }: Evidence): readonly ReviewReason[] {
  const given = reviewed(reviews);
  const asking = given.filter(({ verdict }) => verdict === 'revise');
  if (asking.length === 0 || given.some(({ verdict }) => verdict === 'accept')) return [];
  const summary = asking.find((review) => review.summary !== '')?.summary;
  const message = `No validator accepted the answer as it is${summary ? `: ${summary}` : ''}`;
  return [
    { code: 'changes_requested', message, witness: message, seats: asking.map(({ seat }) => seat) },
  ];
}

function noReview({ reviews }: Evidence): readonly ReviewReason[] {
  if (reviews.length === 0 || reviewed(reviews).length > 0) return [];
  const message = 'No validator gave a review that can be read';
  return [{ code: 'no_review', message, witness: message, seats: reviews.map(({ seat }) => seat) }];
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
