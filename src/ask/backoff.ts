/** Milliseconds before the first retry, at most. */
const baseMs = 500;
/** Milliseconds before any retry, at most, where the vendor names no time. */
const capMs = 20_000;

/**
 * How long to wait before request number `tries + 1`: what the vendor asks, else exponential backoff with
 * full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 * `random` gives numbers from 0 up to 1.
 */
export function backoffMs(
  tries: number,
  retryAfterMs: number | undefined,
  random: () => number,
): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  return random() * Math.min(capMs, baseMs * 2 ** (tries - 1));
}
