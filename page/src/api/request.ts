import type { ProblemPlace } from '../../../src/serve/api/shapes.ts';
import { askForToken, currentToken } from './token.ts';

/** A request that could not be done, in words for a person. */
export class RequestError extends Error {
  readonly code: string;
  readonly status: number;
  readonly hint: string | undefined;
  /** What is wrong where in the body that was sent. */
  readonly places: readonly ProblemPlace[];

  constructor(problem: {
    code: string;
    status: number;
    detail: string;
    hint?: string | undefined;
    errors?: readonly ProblemPlace[] | undefined;
  }) {
    super(problem.detail);
    this.name = 'RequestError';
    this.code = problem.code;
    this.status = problem.status;
    this.hint = problem.hint;
    this.places = problem.errors ?? [];
  }
}

/** What a request is made of besides its path. */
export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The characters that a header can carry; browsers refuse to send others. */
const sendable = /^[\x21-\xff]+$/;

/** Sends a request to this server. Rejects with {@link RequestError} for every answer that is no success. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', body, headers, signal } = options;
  const token = currentToken();
  if (token !== null && !sendable.test(token)) {
    askForToken();
    throw new RequestError({ code: 'unauthorized', status: 401, detail: 'Cannot send this token' });
  }
  const response = await fetch(path, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw unreachable();
  });
  if (response.ok) return response;
  if (response.status === 401) askForToken();
  throw await problemOf(response);
}

/** Sends a request and reads the JSON of its answer. */
export async function sendForJson<Answer>(path: string, options?: RequestOptions): Promise<Answer> {
  const response = await send(path, options);
  // The server describes its answers by the same types.
  return (await response.json()) as Answer;
}

async function problemOf(response: Response): Promise<RequestError> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const unnamed = {
    code: 'unexpected',
    detail: `Cannot do that: the server answered with status ${status}`,
  };
  // What the server itself refuses is a problem; what a proxy before it refuses is not.
  return new RequestError({ ...unnamed, ...(body as object | null), status });
}

function unreachable(): RequestError {
  return new RequestError({
    code: 'unreachable',
    status: 0,
    detail: 'Cannot reach the server',
    hint: 'Look whether "orchestrator serve" still runs, then try again',
  });
}
