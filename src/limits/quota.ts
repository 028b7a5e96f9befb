import type { AttemptFailure } from '../domain/failure.ts';
import type { Standing } from '../domain/shared-limits.ts';
import { untilText } from './until-text.ts';

/**
 * Milliseconds for which a vendor is not asked that does not say when its quota comes back. Somebody may add
 * credit at any moment, so they are few; they keep a batch from asking a thousand times.
 */
const unknownResetMs = 30_000;

/** A month: no quota lasts longer, and what says so is a mistake. */
const maxResetMs = 31 * 86_400_000;

/** Remembers that the quota is exhausted, for as long as the vendor says. */
export function quotaExhausted(
  before: Standing,
  { retryAfterMs = unknownResetMs }: AttemptFailure,
  nowMs: number,
): Standing {
  const quotaUntilMs = nowMs + Math.min(retryAfterMs, maxResetMs);
  return { ...before, quotaUntilMs: Math.max(quotaUntilMs, before.quotaUntilMs ?? 0) };
}

/** Why a runner is not asked that has no quota; undefined where it has. */
export function quotaRefusal(
  { quotaUntilMs = 0 }: Standing,
  nowMs: number,
): AttemptFailure | undefined {
  if (quotaUntilMs <= nowMs) return undefined;
  return {
    kind: 'quota-exhausted',
    message: `Quota exhausted until ${untilText(quotaUntilMs, nowMs)}: it is not asked before`,
    retryAfterMs: quotaUntilMs - nowMs,
  };
}
