import type { Context } from 'hono';
import type { z } from 'zod';
import { badRequest, type Refusal } from './openai-error.ts';

/** A request that fits, or why it is refused. */
export type ReadRequest<Value> =
  | { readonly status: 'read'; readonly value: Value }
  | { readonly status: 'refused'; readonly refusal: Refusal };

/** Reads the JSON of a request by its schema. */
export async function readRequest<Value>(
  context: Context,
  schema: z.ZodType<Value>,
): Promise<ReadRequest<Value>> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch {
    return { status: 'refused', refusal: badRequest('The body is no JSON', null, null) };
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return { status: 'read', value: parsed.data };
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') || null;
  const text = `Cannot use ${param ?? 'the request'}: ${issue?.message ?? 'it does not fit'}`;
  return { status: 'refused', refusal: badRequest(text, param, null) };
}
