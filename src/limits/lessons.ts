import { failureFacts } from '../domain/failure.ts';
import type { Outcome } from '../domain/runner.ts';
import type { Standing } from '../domain/shared-limits.ts';
import { lowered } from './adapt.ts';
import { endTrial, foundNobody, foundSomebody } from './breaker.ts';
import { quotaExhausted } from './quota.ts';

/** What is known of a request that has ended. */
export interface Ended {
  readonly outcome: Outcome;
  /** Milliseconds since the epoch. */
  readonly sentAtMs: number;
  readonly nowMs: number;
  /** Requests in flight to the provider, itself included. */
  readonly inFlight: number;
  /** Whether it is the first request of its attempt: a retry says nothing more about the runner. */
  readonly isFirst: boolean;
  /** Whether it was sent to find out if somebody is there again. */
  readonly isTrial: boolean;
}

/** What an ended request changes of what is remembered; each undefined where it changes nothing. */
export interface Lessons {
  readonly runner: ((before: Standing) => Standing) | undefined;
  readonly group: ((before: Standing) => Standing) | undefined;
}

/** Finds what is to be remembered of an ended request, given what is remembered of its runner. */
export function lessonsOf(ended: Ended, known: Standing): Lessons {
  return { runner: ofRunner(ended, known), group: ofGroup(ended) };
}

function ofRunner(ended: Ended, known: Standing): Lessons['runner'] {
  const { outcome, nowMs, isFirst, isTrial } = ended;
  const tells = outcome.status === 'answered' ? 'up' : failureFacts[outcome.failure.kind].tells;
  if (tells === 'down') {
    return isFirst ? (before) => foundNobody(before, nowMs, isTrial) : undefined;
  }
  if (tells === 'nothing') return isTrial ? (before) => endTrial(before, nowMs) : undefined;
  if (outcome.status === 'failed' && outcome.failure.kind === 'quota-exhausted') {
    return (before) => quotaExhausted(foundSomebody(before), outcome.failure, nowMs);
  }
  return known.failures ? foundSomebody : undefined;
}

function ofGroup({ outcome, ...facts }: Ended): Lessons['group'] {
  if (outcome.status === 'answered') return undefined;
  const { failure } = outcome;
  if (failure.kind !== 'rate-limited' && failure.kind !== 'overloaded') return undefined;
  return (before) => lowered(before, { ...facts, failure });
}
