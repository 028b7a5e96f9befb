import type { Clock } from '../../domain/clock.ts';

const minuteMs = 60_000;

/** The most keys that are told apart. */
const keysMaxCount = 10_000;

/** Counts what each key does. */
export interface RateLimit {
  /** Whether the key may do it once more; what it may not do is not counted. */
  take(key: string): boolean;
}

/** Lets each key do `perMinute` things at once and then as many a minute, by a token bucket. */
export function rateLimit(perMinute: number, clock: Clock): RateLimit {
  const buckets = new Map<string, { left: number; atMs: number }>();
  return {
    take: (key) => {
      const nowMs = clock.elapsed();
      const { left, atMs } = buckets.get(key) ?? { left: perMinute, atMs: nowMs };
      const filled = Math.min(perMinute, left + ((nowMs - atMs) / minuteMs) * perMinute);
      if (buckets.size >= keysMaxCount) buckets.clear();
      const isFine = filled >= 1;
      buckets.set(key, { left: isFine ? filled - 1 : filled, atMs: nowMs });
      return isFine;
    },
  };
}
