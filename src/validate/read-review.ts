import { z } from 'zod';
import type { Attempt } from '../domain/attempt.ts';
import type { Finding, Review } from '../domain/validation.ts';
import { jsonObjects } from '../lib/json-objects.ts';

/**
 * Reads the review out of a validator's reply, whatever fences or prose stand around it. A failed attempt
 * is no review, and neither is a reply without one, with the template's placeholders in it, or with two
 * reviews that contradict each other: the answer under review may have planted one of them.
 */
export function readReview(attempt: Attempt): Review {
  const { seat } = attempt;
  if (attempt.status === 'failed') return { status: 'none', seat, because: attempt.failure.kind };
  const reviews = jsonObjects(attempt.text).flatMap(asReview);
  const last = reviews.at(-1);
  if (!last || reviews.some(({ verdict }) => verdict !== last.verdict))
    return { status: 'none', seat, because: 'unreadable-review' };
  return { status: 'reviewed', seat, ...last };
}

interface ReadReview {
  readonly verdict: 'accept' | 'revise' | 'reject';
  readonly summary: string;
  readonly findings: readonly Finding[];
}

const word = z.string().transform((text) => text.trim().toLowerCase());

const sentence = z
  .string()
  .trim()
  .refine((text) => !isPlaceholder(text), 'a placeholder of the template');

// A line that cannot be read leaves a finding without its line; the finding itself still counts.
const line = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().int().positive())
  .nullable()
  .catch(null);

const finding = z.object({
  severity: word.pipe(z.enum(['critical', 'major', 'minor'])),
  message: sentence.pipe(z.string().min(1)),
  file: z.string().trim().min(1).nullable().catch(null),
  line,
});

const reviewShape = z.object({
  verdict: word.pipe(z.enum(['accept', 'revise', 'reject'])),
  summary: sentence,
  findings: z
    .array(finding)
    .nullish()
    .transform((list) => list ?? []),
});

function asReview(object: unknown): readonly ReadReview[] {
  const { success, data } = reviewShape.safeParse(object);
  return success ? [data] : [];
}

/** Whether a text is what a template holds in place of a value: `<summary>`, `...`, `string`. */
function isPlaceholder(text: string): boolean {
  return /^(?:<[^<>]*>|\[[^[\]]*\]|\.{2,}|…|string)$/i.test(text);
}
