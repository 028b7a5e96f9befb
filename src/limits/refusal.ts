import type { AttemptFailure } from '../domain/failure.ts';
import { pauseOf } from './adapt.ts';
import { breakerOf, openRefusal } from './breaker.ts';
import type { GroupTools } from './group.ts';
import type { LimitRule } from './limit-rule.ts';
import { quotaRefusal } from './quota.ts';

/** Milliseconds of a pause that are waited for; a request that would wait for longer is refused. */
const longestPauseMs = 60_000;

/** Why a request is not sent, however long it would wait; undefined where it may be. */
export function refusalOf(
  rule: LimitRule,
  { look, clock }: Pick<GroupTools, 'look' | 'clock'>,
  tries = 1,
): AttemptFailure | undefined {
  const nowMs = clock.now();
  const standing = look.of(rule.runner);
  const exhausted = quotaRefusal(standing, nowMs);
  if (exhausted) return exhausted;
  // An attempt that goes on has its retries.
  if (tries === 1 && breakerOf(standing, nowMs) === 'open') return openRefusal(standing, nowMs);
  const pauseMs = pauseOf(look.of(rule.group), nowMs);
  return pauseMs > longestPauseMs ? pauseRefusal(pauseMs) : undefined;
}

function pauseRefusal(pauseMs: number): AttemptFailure {
  const seconds = Math.ceil(pauseMs / 1000);
  return {
    kind: 'rate-limited',
    message: `It was told to wait for another ${seconds} seconds`,
    retryAfterMs: pauseMs,
  };
}
