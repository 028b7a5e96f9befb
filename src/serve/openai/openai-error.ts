import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { FailureKind } from '../../domain/failure.ts';
import type { OrchestratorResult } from '../../domain/result.ts';
import { problemOf } from '../problem.ts';

/** An error in OpenAI's shape. */
export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** An error with its HTTP status. */
export interface Refusal {
  readonly status: number;
  readonly error: OpenAiError;
}

/** Asking again would run, and pay, the whole task once more; this header is what OpenAI's own clients look at. */
const noRetry = { 'x-should-retry': 'false' } as const;

/** Answers with an error in OpenAI's shape. */
export function errorResponse({ status, error }: Refusal): Response {
  return Response.json({ error }, { status, headers: noRetry });
}

/** Refuses a request that does not fit. */
export function badRequest(message: string, param: string | null, code: string | null): Refusal {
  return { status: 400, error: { message, type: 'invalid_request_error', param, code } };
}

/** Refuses the name of a model that is not served. */
export function unknownModel(model: string, known: readonly string[]): Refusal {
  const text = `Cannot ask "${model}": known models are ${known.join(', ')}`;
  const error = badRequest(text, 'model', 'model_not_found').error;
  return { status: 404, error };
}

/** Tells a misuse that was thrown. */
export function thrown(error: unknown): Refusal {
  const { status, detail, code, hint } = problemOf(error);
  const message = hint === undefined ? detail : `${detail}. ${hint}`;
  return { status, error: { message, type: typeOf(status), param: null, code } };
}

/** The status that a run without an answer has, by why its models failed; the first row of all that failed decides. */
const statusOfKind: Partial<Readonly<Record<FailureKind, number>>> = {
  'rate-limited': 429,
  'quota-exhausted': 429,
  overloaded: 503,
  'timed-out': 504,
  stalled: 504,
};

/** Tells that a run ended without an answer. */
export function withoutAnswer({ outputs, explanation }: OrchestratorResult): Refusal {
  const kinds = outputs.flatMap(({ failureKind, role }) => (role === 'primary' ? failureKind : []));
  const [first] = kinds;
  const isOne = kinds.every((kind) => kind === first);
  const status = (isOne && first && statusOfKind[first]) || 502;
  const error = { message: explanation, type: typeOf(status), param: null, code: 'no_answer' };
  return { status, error };
}

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

const problem = z.looseObject({ detail: z.string(), code: z.string() });

/** What OpenAI calls codes of ours. */
const codes: Readonly<Record<string, string>> = {
  unauthorized: 'invalid_api_key',
  'method-not-allowed': 'method_not_supported',
  'too-many-requests': 'rate_limit_exceeded',
  'too-many-tokens': 'rate_limit_exceeded',
};

/** Gives refusals of the guards OpenAI's shape, which its clients read. */
export function openAiErrors(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { res } = context;
    if (res.headers.get('content-type') !== 'application/problem+json') return;
    const { detail, code } = problem.parse(await res.json());
    const error = {
      message: detail,
      type: typeOf(res.status),
      param: null,
      code: codes[code] ?? code,
    };
    const headers = new Headers(res.headers);
    headers.delete('content-type');
    headers.delete('content-length');
    context.res = undefined;
    context.res = Response.json({ error }, { status: res.status, headers });
  };
}
