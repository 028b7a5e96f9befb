import type { Clock } from '../../domain/clock.ts';

const minuteMs = 60_000;

/** Counts what is done. */
export interface RateLimit {
  /** Whether it may be done once more; what may not be done is not counted. */
  take(): boolean;
}

/** Allows `perMinute` things at once and then as many a minute, by a token bucket. */
export function rateLimit(perMinute: number, clock: Clock): RateLimit {
  let left = perMinute;
  let atMs = clock.elapsed();
  return {
    take: () => {
      const nowMs = clock.elapsed();
      left = Math.min(perMinute, left + ((nowMs - atMs) / minuteMs) * perMinute);
      atMs = nowMs;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
