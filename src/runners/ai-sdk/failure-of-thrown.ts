import type { AttemptFailure, FailureKind } from '../../domain/failure.ts';
import { failureOfFault } from '../../wire/failure-of-end.ts';
import { failureOfError } from '../../wire/failure-of-error.ts';
import { failureOfResponse } from '../../wire/failure-of-response.ts';
import { fields, text } from '../../wire/json.ts';
import { vendorError } from '../../wire/vendor-error.ts';

/** The SDK's own errors, by the name that every version of it gives them. */
const kindOfName: Readonly<Record<string, FailureKind>> = {
  AI_LoadAPIKeyError: 'not-signed-in',
  AI_LoadSettingError: 'bad-usage',
  AI_NoSuchModelError: 'unknown-model',
  AI_InvalidArgumentError: 'bad-usage',
  AI_InvalidPromptError: 'bad-usage',
  AI_UnsupportedFunctionalityError: 'bad-usage',
  AI_EmptyResponseBodyError: 'broken-stream',
  AI_InvalidResponseDataError: 'broken-stream',
  AI_JSONParseError: 'broken-stream',
  AI_NoContentGeneratedError: 'empty-answer',
  AI_TypeValidationError: 'broken-stream',
};

/** The deepest chain of causes that is followed. */
const causesMost = 5;

/** What an error means that a model threw, or put into its stream; `began`: whether the stream had begun. */
export function failureOfThrown(error: unknown, began: boolean, nowMs: number): AttemptFailure {
  const bad = badResponse(error, nowMs);
  if (bad) return bad;
  const name = text(fields<'name'>(error).name);
  const kind = name === undefined ? undefined : kindOfName[name];
  if (kind) return { kind, message: messageOf(error) };
  const fault = faultOf(error);
  if (fault) return failureOfFault(fault, began, 'the server');
  const seen = error instanceof Error ? undefined : vendorError(error);
  if (seen ?? began) return failureOfError(seen ?? { message: messageOf(error), names: [] });
  return { kind: 'unknown', message: messageOf(error) };
}

/** An APICallError with a status is a response like any other. */
function badResponse(error: unknown, nowMs: number): AttemptFailure | undefined {
  const { responseBody, responseHeaders, statusCode } = fields<
    'responseBody' | 'responseHeaders' | 'statusCode'
  >(error);
  if (typeof statusCode !== 'number' || statusCode < 300) return undefined;
  const body = text(responseBody) ?? JSON.stringify({ error: { message: messageOf(error) } });
  const headers = headersOf(responseHeaders);
  return failureOfResponse({ status: statusCode, headers, body, nowMs });
}

function headersOf(headers: unknown): Readonly<Record<string, string>> {
  const named = Object.entries(fields(headers)).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return Object.fromEntries(named);
}

/** The connection's own error, which lies some causes deep. */
function faultOf(error: unknown): unknown {
  let cause = error;
  for (let depth = 0; depth < causesMost && cause; depth++) {
    const { code } = fields<'code'>(cause);
    if (typeof code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(code)) return cause;
    cause = fields<'cause'>(cause).cause;
  }
  return undefined;
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : JSON.stringify(error ?? null);
  return message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
