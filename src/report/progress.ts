import type { Attempt } from '../domain/attempt.ts';
import type { Decision } from '../domain/decision.ts';
import type { RunEvent } from '../domain/event.ts';
import type { Observed } from '../domain/observed.ts';
import type { Plan, SeatId } from '../domain/plan.ts';
import type { Suite } from '../domain/suite.ts';
import type { Review } from '../domain/validation.ts';
import type { Check } from '../domain/verdict.ts';
import { countedText, countText, listText, secondsText } from './amounts.ts';
import { firstFailure } from './check-text.ts';
import { failureText, failureTitles } from './failure-text.ts';
import type { Lane } from './lanes.ts';
import { safeLine } from './safe-text.ts';
import { whyNone } from './validation-result.ts';

/**
 * Says in one plain line what an event tells a person, or nothing where it tells too little. The lanes,
 * as they are after the event, give the seats their names.
 */
export function progressLine(event: RunEvent, lanes: readonly Lane[]): string | undefined {
  const nameOf = (seat: SeatId): string => lanes.find((lane) => lane.seat === seat)?.runner ?? seat;
  const text =
    'seat' in event ? seatText(event, nameOf(event.seat)) : runText(event, lanes, nameOf);
  return text === undefined ? undefined : safeLine(text);
}

type SeatEvent = Extract<RunEvent, { readonly seat: SeatId }>;

function seatText(event: SeatEvent, name: string): string | undefined {
  switch (event.type) {
    case 'attempt-started':
      return `${name}  asked`;
    case 'text-arrived':
      return undefined;
    case 'progress-made':
      return event.doing === null ? undefined : `${name}  ${doingText(event)}`;
    case 'try-failed': {
      const what = failureTitles[event.failure.kind].toLowerCase();
      const wait = secondsText(event.waitMs);
      return `${name}  ${what}, trying again in ${wait} (try ${event.tries + 1})`;
    }
    case 'attempt-ended':
    case 'reattempt-ended':
      return `${name}  ${attemptText(event.value)}`;
    case 'tests-ended':
      return `${name}  tests: ${attemptText(event.value)}`;
    case 'inputs-ended':
      return `${name}  inputs that separate the answers: ${attemptText(event.value)}`;
    case 'judgement-ended':
    case 'rejudgement-ended':
      return `${name}  judgement of two results: ${attemptText(event.value)}`;
    case 'merge-ended':
      return `${name}  merged answer: ${attemptText(event.value)}`;
    case 'standing-weighed':
      return event.value.isEnough ? `${name}  the answers in hand settle it` : undefined;
    case 'merge-verified':
      return failedCheck(`${name}  merged answer: `, event.value.checks);
    case 'merge-observed':
      return `${name}  merged answer: ${observedText(event.value)}`;
    case 'candidate-observed':
      return `${name}  ${observedText(event.value)}`;
    case 'verdict-given':
      return failedCheck(`${name}  `, event.value.checks);
    case 'review-given':
      return `${name}  ${reviewText(event.value)}`;
  }
}

function runText(
  event: Exclude<RunEvent, SeatEvent>,
  lanes: readonly Lane[],
  nameOf: (seat: SeatId) => string,
): string | undefined {
  switch (event.type) {
    case 'run-started':
      return undefined;
    case 'run-resumed':
      return 'run  resumed';
    case 'plan-made':
      return `plan  ${planText(event.value)}`;
    case 'suite-made':
      return event.value.tests.length === 0
        ? undefined
        : `tests  ${runningText(event.value, lanes)}`;
    case 'settlement-made':
      return event.value === null
        ? undefined
        : `split  ${event.value.input} gives ${event.value.sides.map(({ outcome }) => outcome).join(' or ')}`;
    case 'merge-made':
      return event.value === null
        ? undefined
        : `merge  ${event.value.taken ? 'taken' : 'dropped'}: ${event.value.because}`;
    case 'decision-made':
      return `decision  ${decisionText(event.value, nameOf)}`;
    case 'validation-made':
      return event.value.needsHumanReview
        ? `review  a person should look: ${event.value.reasons.map(({ code }) => code).join(', ')}`
        : undefined;
    case 'run-ended':
      return `run  ${event.status}`;
  }
}

/** Says how many answers are run on how many tests. */
export function runningText({ tests }: Suite, lanes: readonly Lane[]): string {
  const answers = lanes.filter(({ role, state }) => role === 'primary' && state === 'answered');
  return `running ${countedText(answers.length, 'answer')} on ${countedText(tests.length, 'test')}`;
}

function observedText(observed: Observed): string {
  if (observed.status === 'not-run') return `not run: ${observed.because}`;
  return `ran on ${countedText(observed.rows.length, 'test')} in the sandbox "${observed.sandbox.level}"`;
}

function planText({ route, seats, substitutions }: Plan): string {
  const named = (role: string): readonly string[] =>
    seats.filter((seat) => seat.role === role).map(({ runner }) => runner);
  const validators = named('validator');
  const reviewing = validators.length === 0 ? '' : `; ${listText(validators)} to review`;
  const instead = substitutions.map(
    ({ planned, runner, because }) =>
      `; ${runner} in place of ${planned} (${failureTitles[because].toLowerCase()})`,
  );
  return `${route.mode}, ${route.category}: ${listText(named('primary'))} to answer${reviewing}${instead.join('')}`;
}

function doingText({ doing, outputTokens }: Extract<RunEvent, { type: 'progress-made' }>): string {
  return outputTokens === null ? `${doing}` : `${doing}, ${countText(outputTokens)} tokens`;
}

function attemptText(attempt: Attempt): string {
  const time = secondsText(attempt.durationMs);
  if (attempt.status === 'answered') {
    if (attempt.from === 'cache') return 'answered from the cache';
    const tokens = attempt.usage?.outputTokens ?? null;
    return `answered in ${time}${tokens === null ? '' : `, ${countText(tokens)} tokens`}`;
  }
  const what = failureText(attempt.failure);
  return attempt.tries === 0 ? `not asked: ${what}` : `failed after ${time}: ${what}`;
}

function failedCheck(prefix: string, checks: readonly Check[]): string | undefined {
  const failure = firstFailure(checks);
  return failure === undefined ? undefined : `${prefix}${failure}`;
}

function decisionText(decision: Decision, nameOf: (seat: SeatId) => string): string {
  const { chosen, rule } = decision;
  return chosen === null ? 'no answer to choose' : `${nameOf(chosen)} (${rule})`;
}

function reviewText(review: Review): string {
  if (review.status === 'none') return whyNone(review);
  const { verdict, summary, findings } = review;
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  return `${verdict}, ${count}${summary === '' ? '' : `: ${summary}`}`;
}
