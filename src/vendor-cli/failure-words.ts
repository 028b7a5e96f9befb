import type { FailureKind } from '../domain/failure.ts';

interface Row {
  readonly words: RegExp;
  readonly kind: FailureKind;
}

/**
 * Sentences that name the kind whatever the status: a wrong key is 400 at two vendors, no credit is 400, 403
 * or 429. An ordinary rate limit of Gemini speaks of quota and billing too, so those words alone say nothing.
 */
const beforeStatus: readonly Row[] = [
  {
    words:
      /not (logged|signed) in|please (run )?\/?log ?in\b|must specify the gemini_api_key|set an auth method|missing bearer/i,
    kind: 'not-signed-in',
  },
  {
    words:
      /(invalid|incorrect|expired|revoked|unknown) (x-)?api[ -]?key|api[ _-]key (not valid|expired|invalid)|api_key_invalid|authentication_(error|failed)|invalid (bearer|auth\w*) |(oauth|access|refresh) token (has |is |was )?(expired|revoked|invalid)/i,
    kind: 'unauthorized',
  },
  {
    words:
      /credit balance|daily quota|quota exceeded\. check|insufficient_quota|billing_error|usage limit|(hit|reached|exceeded) your (?![\w ]*rate)[\w ]{0,24}limit|(out of|no|any|insufficient|more|used all) [\w ]{0,24}credits?\b|spending limit|max_budget/i,
    kind: 'quota-exhausted',
  },
  {
    words:
      /prompt[_ ]is[_ ]too[_ ]long|prompt_too_long|context[ _]window|context[ _]length|maximum (context|number of tokens|prompt length)|input (is )?(too (long|large)|exceeds)|input token count|input exceeds/i,
    kind: 'input-too-long',
  },
];

/** Sentences that name the kind where no status does. A model at capacity is no unknown model. */
const afterStatus: readonly Row[] = [
  {
    words: /at capacity|high demand|overloaded|temporarily unavailable|server_error/i,
    kind: 'overloaded',
  },
  {
    words: /rate.?limit|too many requests|resource (has been |_)?exhausted/i,
    kind: 'rate-limited',
  },
  {
    words:
      /issue with the selected model|unknown model|model\S* .{0,80}(not exist|not found|not supported|no access)|model_not_found/i,
    kind: 'unknown-model',
  },
  {
    words: /output token maximum|max_output_tokens|truncated by max_tokens/i,
    kind: 'output-too-long',
  },
  {
    // Ahead of the network, whose words stand in these sentences too.
    words: /streamtruncated|mid-response|error decoding response body|in json at position/i,
    kind: 'broken-stream',
  },
  {
    words: /reason: content_filter/i,
    kind: 'refused',
  },
  {
    words: /empty response from model/i,
    kind: 'empty-answer',
  },
  {
    words:
      /connection[ _](refused|failed|error|reset|closed)|unable to connect|fetch failed|error sending request|\beconn|enotfound|eai_again|etimedout|socket hang up|network|dns|certificate|timed? ?out/i,
    kind: 'network',
  },
  {
    words:
      /stream (closed|disconnected|ended|error)|invalid_stream|(^|: |error )terminated\b|json parse error|incomplete json|unexpected (token|end of)|serialization error|malformed response/i,
    kind: 'broken-stream',
  },
  {
    words:
      /unknown (option|argument)|unexpected argument|unrecognized|invalid value|no prompt provided|trusted directory|invalid auth method/i,
    kind: 'bad-usage',
  },
];

const kindOfStatus: Readonly<Record<number, FailureKind>> = {
  400: 'bad-usage',
  401: 'unauthorized',
  402: 'quota-exhausted',
  403: 'unauthorized',
  404: 'unknown-model',
  408: 'overloaded',
  409: 'overloaded',
  413: 'input-too-long',
  422: 'bad-usage',
  429: 'rate-limited',
};

/** The kind that a program's words name whatever the status is. */
export function kindOfStrongWords(message: string): FailureKind | undefined {
  return beforeStatus.find(({ words }) => words.test(message))?.kind;
}

/** The kind that a program's words name when nothing else does. */
export function kindOfWords(message: string): FailureKind | undefined {
  return afterStatus.find(({ words }) => words.test(message))?.kind;
}

/** The kind that an HTTP status names. */
export function kindOfHttpStatus(status: number | undefined): FailureKind | undefined {
  if (status === undefined) return undefined;
  return kindOfStatus[status] ?? (status >= 500 && status < 600 ? 'overloaded' : undefined);
}

/** The HTTP status that a sentence names: `unexpected status 401`, `"http_status": 400`. */
export function statusIn(message: string): number | undefined {
  const found = /\bstatus(?: code)?"?:? \(?(?:status )?([45]\d\d)\b/i.exec(message)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Milliseconds that a sentence asks to wait: `Please try again in 1.2s`. */
export function waitIn(message: string): number | undefined {
  const found = /(?:again|retry) in (\d+(?:\.\d+)?) ?(ms|s)\b/i.exec(message);
  if (!found) return undefined;
  return Math.ceil(Number(found[1]) * (found[2] === 'ms' ? 1 : 1000));
}
