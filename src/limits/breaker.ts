import type { AttemptFailure } from '../domain/failure.ts';
import type { Standing } from '../domain/shared-limits.ts';

/**
 * Attempts in a row that find nobody there until the runner is not asked any more. One task asks a runner once or
 * twice, so that only a batch, or a person who tries again and again, comes so far.
 */
const openAfter = 5;

/** Milliseconds until it is tried again, doubled with each trial that fails; short, as somebody may be mending it. */
const firstCoolDownMs = 5000;
const maxCoolDownMs = 60_000;

/** Milliseconds for which others wait for what a trial finds; then another one is made. */
const trialMs = 60_000;

/** Milliseconds after which failures are no longer in a row. */
const forgottenMs = 600_000;

/**
 * How a runner stands: asked (`closed`), not asked (`open`), or to be tried by one request (`half-open`). The
 * states are those of Nygard, "Release It!", 2007, chapter 5.2.
 */
export type Breaker = 'closed' | 'open' | 'half-open';

/** Finds how a runner stands. */
export function breakerOf({ openUntilMs, failures }: Standing, nowMs: number): Breaker {
  if (openUntilMs === undefined || isForgotten(failures, nowMs)) return 'closed';
  return openUntilMs > nowMs ? 'open' : 'half-open';
}

/** Counts an attempt that found nobody. Those that were under way when it opened do not count. */
export function foundNobody(before: Standing, nowMs: number, isTrial: boolean): Standing {
  if (!isTrial && breakerOf(before, nowMs) !== 'closed') return before;
  const known = isForgotten(before.failures, nowMs) ? 0 : (before.failures?.count ?? 0);
  const failures = { count: known + 1, lastMs: nowMs };
  if (failures.count < openAfter) return { ...before, failures, openUntilMs: undefined };
  const coolDownMs = Math.min(maxCoolDownMs, firstCoolDownMs * 2 ** (failures.count - openAfter));
  return { ...before, failures, openUntilMs: nowMs + coolDownMs };
}

/** Counts an attempt that found somebody. */
export function foundSomebody(before: Standing): Standing {
  return { ...before, failures: undefined, openUntilMs: undefined };
}

/** Keeps others from asking while one request tries a runner that was away; changes nothing of any other runner. */
export function beginTrial(before: Standing, nowMs: number): Standing {
  if (breakerOf(before, nowMs) !== 'half-open') return before;
  return { ...before, openUntilMs: nowMs + trialMs };
}

/** Lets another request try, after one that has found nothing out. */
export function endTrial(before: Standing, nowMs: number): Standing {
  return before.openUntilMs === undefined ? before : { ...before, openUntilMs: nowMs };
}

/** Why a runner is not asked. */
export function openRefusal(
  { failures, openUntilMs = 0 }: Standing,
  nowMs: number,
): AttemptFailure {
  const retryAfterMs = Math.max(0, openUntilMs - nowMs);
  const count = failures?.count ?? openAfter;
  const seconds = Math.ceil(retryAfterMs / 1000);
  return {
    kind: 'circuit-open',
    message: `Nobody was there ${count} times in a row: it is tried again in ${seconds} seconds`,
    retryAfterMs,
  };
}

function isForgotten(failures: Standing['failures'], nowMs: number): boolean {
  return failures === undefined || nowMs - failures.lastMs > forgottenMs;
}
