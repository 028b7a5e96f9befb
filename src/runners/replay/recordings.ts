import { z } from 'zod';
import type { Usage } from '../../domain/attempt.ts';
import { type AttemptFailure, type FailureKind, failureFacts } from '../../domain/failure.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import { type Mode, modes } from '../../domain/mode.ts';
import { whyUnreadable } from '../../lib/file-trouble.ts';
import { readRegularFile } from '../../lib/read-regular-file.ts';

/** The most bytes of one recordings file. */
const recordingsMaxBytes = 256 * 1024 * 1024;

/** A piece of an answer and the virtual milliseconds before it. */
interface RecordedChunk {
  readonly afterMs: number;
  readonly text: string;
}

/** What one request brings: its chunks, and then the end of an answer, a failure, or silence until the abort. */
export type Take =
  | {
      readonly kind: 'answer';
      readonly chunks: readonly RecordedChunk[];
      readonly model: string | null;
      readonly usage: Usage | null;
      readonly costUsd: number | null;
    }
  | {
      readonly kind: 'failure';
      readonly chunks: readonly RecordedChunk[];
      /** Virtual milliseconds between the last chunk and the failure. */
      readonly afterMs: number;
      readonly failure: AttemptFailure;
    }
  | { readonly kind: 'hang'; readonly chunks: readonly RecordedChunk[] };

/** The takes for one prompt, played in turn, one a request; the first follows the last. */
export interface Recording {
  /** A text that the prompt must contain; null for any prompt. */
  readonly when: string | null;
  readonly takes: readonly [Take, ...Take[]];
}

/** A task with what each recorded model does with it; the keys are runner names. */
export interface RecordedTask {
  readonly id: string;
  readonly title: string;
  /** What a prompt is recognised by, word for word. */
  readonly text: string;
  readonly mode: Mode;
  /** What a person can see by it, in one sentence. */
  readonly shows: string;
  readonly answers: Readonly<Record<string, readonly Recording[]>>;
  readonly reviews: Readonly<Record<string, readonly Recording[]>>;
  /** What it writes when it is asked for tests. */
  readonly tests: Readonly<Record<string, readonly Recording[]>>;
  /** What it says when it is asked which of two results the task demands. */
  readonly judgements: Readonly<Record<string, readonly Recording[]>>;
}

/** A recordings file of version 1. */
export interface Recordings {
  /** Whether the answers were written by hand rather than by the models that they are filed under. */
  readonly synthetic: boolean;
  /** Real milliseconds for a virtual one. */
  readonly timeScale: number;
  readonly tasks: readonly RecordedTask[];
}

/** Reads and checks a recordings file. Throws `unreadable-file` when it cannot be read or is none. */
export function readRecordings(path: string): Recordings {
  const parsed = fileSchema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'the top level';
  throw unreadable(path, `${place}: ${issue?.message ?? 'unknown'}`, parsed.error);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readRegularFile(path, recordingsMaxBytes));
  } catch (cause) {
    throw unreadable(path, whyUnreadable(cause), cause);
  }
}

function unreadable(path: string, found: string, cause: unknown): OrchestratorError {
  const message = `Cannot play ${path}: ${found}; a recordings file of version 1 is wanted`;
  return new OrchestratorError('unreadable-file', message, { cause });
}

const virtualMs = z.number().nonnegative();
// A list of lines keeps code readable in the file.
const text = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? value : value.join('\n')));
const chunks = z.array(z.strictObject({ afterMs: virtualMs, text })).readonly();
const count = z.int().nonnegative().nullable();

// The table of failures has every kind for a key, which Object.keys() does not say.
const failureKinds = Object.keys(failureFacts) as [FailureKind, ...FailureKind[]];

const failureSchema = z.strictObject({
  kind: z.enum(failureKinds),
  message: z.string(),
  status: z.int().optional(),
  retryAfterMs: virtualMs.optional(),
  evidence: z.string().optional(),
});

/** Reads a take, with what may be left out filled in. */
export const takeSchema: z.ZodType<Take> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer'),
    chunks,
    model: z.string().nullable().default(null),
    usage: z.strictObject({ inputTokens: count, outputTokens: count }).nullable().default(null),
    costUsd: z.number().nonnegative().nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('failure'),
    chunks: chunks.default([]),
    afterMs: virtualMs.default(0),
    failure: failureSchema,
  }),
  z.strictObject({ kind: z.literal('hang'), chunks: chunks.default([]) }),
]);

const byRunner = z.record(
  z.string(),
  z.array(
    z.strictObject({
      when: z.string().min(1).nullable().default(null),
      takes: z.tuple([takeSchema], takeSchema),
    }),
  ),
);

const fileSchema: z.ZodType<Recordings> = z
  .strictObject({
    format: z.literal('multi-model-orchestrator/recordings'),
    version: z.literal(1),
    about: z.string().optional(),
    synthetic: z.boolean(),
    timeScale: z.number().nonnegative().default(1),
    tasks: z.array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        title: z.string(),
        text: text.pipe(z.string().trim().min(1)),
        mode: z.enum(modes),
        shows: z.string(),
        answers: byRunner,
        reviews: byRunner.default({}),
        tests: byRunner.default({}),
        judgements: byRunner.default({}),
      }),
    ),
  })
  .transform(({ synthetic, timeScale, tasks }) => ({ synthetic, timeScale, tasks }));
