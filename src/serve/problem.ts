import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { isMistakeCode, type MistakeCode, OrchestratorError } from '../domain/mistake.ts';
import type { ProblemPlace } from './api/shapes.ts';
import { FieldMistake } from './field-mistake.ts';

/** What went wrong with a request, by RFC 9457. */
export interface ProblemBody {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly hint?: string | undefined;
  readonly errors?: readonly ProblemPlace[] | undefined;
}

/** The schema of a problem. */
export const problemSchema: z.ZodType<ProblemBody> = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('What the status means'),
    status: z.int(),
    detail: z.string().describe('What could not be done, what was found, what is wanted'),
    code: z.string().describe('Stays the same: to be compared with, unlike the text'),
    hint: z.string().optional().describe('What to do about it'),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().describe('Where in the body, as a JSON pointer: #/retries'),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('What is wrong where, as far as it lies in the body'),
  })
  .meta({ id: 'Problem', description: 'What went wrong with a request, by RFC 9457' });

/** A request that cannot be done, as it is told over HTTP. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly hint?: string | undefined;
  readonly errors?: readonly ProblemPlace[] | undefined;
}

/** Refuses a request with a problem that is no misuse of the product, such as one that only HTTP knows. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'Refused';
    this.problem = problem;
  }
}

/** The media type of a problem. */
const mediaType = 'application/problem+json';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  421: 'Misdirected request',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
};

/** Writes a problem as a response. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  const title = titles[problem.status] ?? 'Error';
  const body: ProblemBody = { type: 'about:blank', title, ...problem };
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { 'content-type': mediaType, ...headers },
  });
}

/** The status of each misuse over HTTP; any other is the request's own fault. */
const statusOf: Partial<Readonly<Record<MistakeCode, number>>> = {
  'unknown-run': 404,
  'run-in-use': 409,
  'no-sandbox': 503,
  'bad-history': 503,
  busy: 503,
  cancelled: 503,
};

/** The code of what is a defect of the server. */
export const unexpected = 'unexpected';

/** Tells an error as a problem; of what was not expected nothing is told that could be a secret. */
export function problemOf(error: unknown): Problem {
  if (error instanceof OrchestratorError && isMistakeCode(error.code)) {
    const { code, message, hint } = error;
    const fields = error instanceof FieldMistake ? error.fields : [];
    const errors = fields.map((name) => ({ pointer: pointerTo([name]), detail: message }));
    return {
      status: statusOf[code] ?? 400,
      code,
      detail: message,
      hint,
      ...(errors.length > 0 && { errors }),
    };
  }
  if (error instanceof Refused) return error.problem;
  if (error instanceof HTTPException) {
    return {
      status: error.status,
      code: 'bad-request',
      detail: `Cannot use the request: ${error.message}`,
    };
  }
  return { status: 500, code: unexpected, detail: 'The server could not do it' };
}

/** Writes a path into a body as a JSON pointer. */
export function pointerTo(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'));
  return `#${steps.map((step) => `/${encodeURIComponent(step)}`).join('')}`;
}
