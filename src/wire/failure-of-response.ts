import type { AttemptFailure } from '../domain/failure.ts';
import { failureOfError } from './failure-of-error.ts';
import { parsed } from './json.ts';
import { type Headers, retryAfterMs } from './retry-after.ts';
import { vendorError } from './vendor-error.ts';

/** Characters of an error body that are kept to look at. */
const evidenceMaxLength = 500;

/** A response that is no answer. */
export interface BadResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Milliseconds since the epoch, to read a date in `Retry-After`. */
  readonly nowMs: number;
}

/** What a response with a status of 300 or more means. */
export function failureOfResponse({ body, headers, nowMs, status }: BadResponse): AttemptFailure {
  if (status < 400) return redirected(status, headers);
  const error = vendorError(parsed(body));
  const seen = error ?? { message: withoutError(status), names: [] };
  return failureOfError(seen, {
    status,
    retryAfterMs: retryAfterMs(headers, nowMs),
    evidence: error || body.trim() === '' ? undefined : body.slice(0, evidenceMaxLength),
  });
}

/** The key must not go where the server points, so that no redirect is followed. */
function redirected(status: number, { location }: Headers): AttemptFailure {
  return {
    kind: 'bad-usage',
    message: `HTTP ${status}: the server points to ${String(location)}, and redirects are not followed; set the base URL to the right address`,
    status,
  };
}

function withoutError(status: number): string {
  return status === 404
    ? 'nothing is at this path, and no word of the model; check the base URL'
    : 'no error in JSON';
}
