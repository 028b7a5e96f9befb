/** Response headers by their names in small letters. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Milliseconds that a response asks to wait, by `retry-after-ms` or `Retry-After` (seconds or an HTTP date,
 * which is seen from `nowMs`, milliseconds since the epoch); undefined when it asks for none.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const exact = numberOf(headers['retry-after-ms']);
  if (exact !== undefined) return exact;
  const seconds = numberOf(headers['retry-after']);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  const atMs = Date.parse(String(headers['retry-after']));
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

function numberOf(value: Headers[string]): number | undefined {
  return typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
