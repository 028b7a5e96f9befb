import type { Hook } from '@hono/zod-openapi';
import type { z } from 'zod';
import { pointerTo, problemResponse, problemSchema } from '../problem.ts';

/** The most places that one problem names. */
const placesMaxCount = 20;

/** Content of one media type, as a route is described with it. */
export interface JsonContent<Schema extends z.ZodType> {
  readonly content: { readonly 'application/json': { readonly schema: Schema } };
}

/** Describes a body of JSON that a request must have. */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
): JsonContent<Schema> & { readonly required: true } {
  return { content: { 'application/json': { schema } }, required: true };
}

/** Describes a response of JSON. */
export function jsonOf<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
): JsonContent<Schema> & { readonly description: string } {
  return { description, content: { 'application/json': { schema } } };
}

/** Describes what every request can be answered with instead. */
export const problems: { readonly default: ProblemContent } = {
  default: {
    description: 'It could not be done',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
};

interface ProblemContent {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: z.ZodType } };
}

/** Answers a request that does not fit its schema. */
// biome-ignore lint/suspicious/noExplicitAny: the library's own type of a hook for every route.
export const invalid: Hook<any, any, any, any> = (result) => {
  if (result.success) return undefined;
  const { issues } = result.error;
  const [issue] = issues;
  const places = issues.slice(0, placesMaxCount);
  const where = issue?.path.join('.');
  const what = where ? `${result.target} at ${where}` : result.target;
  return problemResponse({
    status: 400,
    code: 'bad-request',
    detail: `Cannot use the ${what}: ${issue?.message ?? 'it does not fit'}`,
    ...(result.target === 'json' && {
      errors: places.map(({ path, message }) => ({ pointer: pointerTo(path), detail: message })),
    }),
  });
};
