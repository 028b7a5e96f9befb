import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import { fields } from './json.ts';
import type { VendorError } from './vendor-error.ts';

/** What is known of an error besides its words. */
export interface ErrorFacts {
  /** The HTTP status of the response; undefined for an error within a stream. */
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly evidence?: string | undefined;
}

/** Characters of a vendor's message, at most. */
const messageMaxLength = 300;

/** What the vendors' own names of errors come to as an HTTP status. */
const statusOfName: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  invalid_argument: 400,
  failed_precondition: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  invalid_api_key: 401,
  unauthenticated: 401,
  billing_error: 402,
  permission_error: 403,
  permission_denied: 403,
  not_found_error: 404,
  not_found: 404,
  model_not_found: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  resource_exhausted: 429,
  insufficient_quota: 429,
  api_error: 500,
  server_error: 500,
  internal: 500,
  unavailable: 503,
  server_is_overloaded: 503,
  timeout_error: 504,
  deadline_exceeded: 504,
  overloaded_error: 529,
};

const keyWords = /api[ _-]?key|authentication|unauthenticated|unauthori[sz]ed/i;
const quotaWords =
  /insufficient_quota|exceeded your current quota|billing (details|hard limit)|billing_(hard_limit|not_active|error)|(credit|account) balance|(out of|no|insufficient|not enough|purchase|buy) (\w+ )?(credits?|funds|balance)|spending limit/i;
const creditWords = /\b(credits?|quota|billing|payment)\b/i;
const contextWords =
  /context[ _](length|window|size)|too long|maximum context|too many (input )?tokens|max(imum)? (input|prompt) (length|tokens)|input token count|request_too_large|reduce the length/i;
const modelWords =
  /model_not_found|\bmodels?\b.*\b(not found|not exist|does ?n.t exist|unknown|not supported|unavailable|no access)\b|(unknown|no such|invalid|unsupported|not a valid) model/i;
const refusalWords =
  /content[ _](policy|filter)|content_policy_violation|usage (guidelines|policies)|safety (system|checks?)/i;
const loadWords = /overloaded|at capacity|high demand|temporarily unavailable/i;

/** Which kinds an error's words can give at a status, the first match first; then comes the status itself. */
const wordsAt: readonly {
  readonly at: readonly (number | undefined)[];
  readonly words: RegExp;
  readonly kind: FailureKind;
}[] = [
  { at: [400, 402, 403, 429, undefined], words: quotaWords, kind: 'quota-exhausted' },
  { at: [403], words: creditWords, kind: 'quota-exhausted' },
  { at: [400, 403, undefined], words: refusalWords, kind: 'refused' },
  { at: [400, 413, 422, undefined], words: contextWords, kind: 'input-too-long' },
  { at: [400, 422, undefined], words: keyWords, kind: 'unauthorized' },
  { at: [400, 403, 422, undefined], words: modelWords, kind: 'unknown-model' },
  { at: [400, undefined], words: loadWords, kind: 'overloaded' },
  // An error that names no kind came in the midst of an answer, and broke it off.
  { at: [undefined], words: /(?:)/, kind: 'broken-stream' },
];

/** Statuses that say the kind alone; of the rest, 5xx is overload and 4xx wrong use. */
const kindOfStatus: Readonly<Record<number, FailureKind>> = {
  401: 'unauthorized',
  402: 'quota-exhausted',
  403: 'unauthorized',
  404: 'unknown-model',
  408: 'overloaded',
  409: 'overloaded',
  413: 'input-too-long',
  429: 'rate-limited',
};

/** Names the kind of a vendor's error: the only place that reads its words. */
export function failureOfError(error: VendorError, facts: ErrorFacts = {}): AttemptFailure {
  const status = facts.status ?? error.status;
  return {
    kind: kindOf(error, status ?? namedStatus(error)),
    message: messageOf(error, facts.status),
    status,
    retryAfterMs: facts.retryAfterMs ?? retryInfoMs(error),
    evidence: facts.evidence,
  };
}

function kindOf(error: VendorError, status: number | undefined): FailureKind {
  // Both OpenAI and Google speak of quota and billing at an ordinary rate limit; their codes tell it apart.
  if (status === 429 && isRateLimit(error)) return 'rate-limited';
  if (isDailyQuota(error)) return 'quota-exhausted';
  const words = [error.message, ...error.names].join(' ');
  const match = wordsAt.find((row) => row.at.includes(status) && row.words.test(words));
  if (match) return match.kind;
  if (status === undefined) return 'broken-stream';
  if (status >= 500) return status < 600 ? 'overloaded' : 'unknown';
  return kindOfStatus[status] ?? (status >= 400 ? 'bad-usage' : 'unknown');
}

function namedStatus({ names }: VendorError): number | undefined {
  return names.map((name) => statusOfName[name.toLowerCase()]).find((status) => status);
}

function isRateLimit(error: VendorError): boolean {
  if (isDailyQuota(error)) return false;
  return error.names.some((name) =>
    /rate_limit|resource_exhausted|^requests$|^tokens$/i.test(name),
  );
}

function isDailyQuota({ details = [] }: VendorError): boolean {
  return details
    .map((detail) => fields<'@type' | 'violations'>(detail))
    .some(
      (detail) =>
        String(detail['@type']).endsWith('QuotaFailure') &&
        /PerDay/i.test(JSON.stringify(detail.violations ?? '')),
    );
}

/** Google's RetryInfo: `"retryDelay": "7.5s"`. */
function retryInfoMs({ details = [] }: VendorError): number | undefined {
  const delays = details.map((detail) => fields<'retryDelay'>(detail).retryDelay);
  const delay = delays.find((value) => typeof value === 'string' && /^[\d.]+s$/.test(value));
  const seconds = Number.parseFloat(String(delay));
  return Number.isFinite(seconds) ? Math.ceil(seconds * 1000) : undefined;
}

function messageOf({ message }: VendorError, status: number | undefined): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  const short = line.length > messageMaxLength ? `${line.slice(0, messageMaxLength)}...` : line;
  return status === undefined ? `The server broke off: ${short}` : `HTTP ${status}: ${short}`;
}
