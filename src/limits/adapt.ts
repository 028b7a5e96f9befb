import type { AttemptFailure } from '../domain/failure.ts';
import type { Standing } from '../domain/shared-limits.ts';

/** What is left of the requests in flight when a vendor refuses one of them. */
const decrease = 0.5;

/** Milliseconds without a refusal after which the vendor is trusted again. */
const trustedMs = 600_000;

/** The longest pause that is remembered: an hour. */
const maxPauseMs = 3_600_000;

/** The request that was refused as one too many. */
export interface Refused {
  readonly failure: AttemptFailure;
  /** When it was sent and when it was refused, in milliseconds since the epoch. */
  readonly sentAtMs: number;
  readonly nowMs: number;
  /** Requests in flight by then, itself included. */
  readonly inFlight: number;
}

/**
 * Halves the requests in flight, once for all that were sent before: additive increase, multiplicative decrease, as
 * in Chiu and Jain, "Analysis of the increase and decrease algorithms for congestion avoidance in computer
 * networks", 1989, and once in a window as in RFC 6582.
 */
export function lowered(before: Standing, refused: Refused): Standing {
  const { failure, inFlight, nowMs, sentAtMs } = refused;
  const { adapted, pausedUntilMs = 0 } = before;
  const pauseMs = Math.min(failure.retryAfterMs ?? 0, maxPauseMs);
  const paused = Math.max(pausedUntilMs, nowMs + pauseMs);
  const after = { ...before, pausedUntilMs: paused > nowMs ? paused : undefined };
  if (adapted && sentAtMs < adapted.loweredAtMs) return after;
  const most = Math.max(1, Math.floor(Math.min(mostOf(before, nowMs), inFlight) * decrease));
  return { ...after, adapted: { most, loweredAtMs: nowMs } };
}

/** Allows one request more, after as many successes as are allowed at once; forgets the number at the configured one. */
export function raised(
  before: Standing,
  nowMs: number,
  configured: number = Number.POSITIVE_INFINITY,
): Standing {
  const { adapted } = before;
  if (!adapted) return before;
  const most = mostOf(before, nowMs) + 1;
  if (most >= configured || most === Number.POSITIVE_INFINITY)
    return { ...before, adapted: undefined };
  return { ...before, adapted: { ...adapted, most } };
}

/** The requests in flight that a vendor bears, as far as is known; Infinity where nothing is. */
export function mostOf({ adapted }: Standing, nowMs: number): number {
  if (!adapted || nowMs - adapted.loweredAtMs > trustedMs) return Number.POSITIVE_INFINITY;
  return adapted.most;
}

/** Milliseconds for which the vendor asked to wait; 0 for none. */
export function pauseOf({ pausedUntilMs = 0 }: Standing, nowMs: number): number {
  return Math.max(0, pausedUntilMs - nowMs);
}
