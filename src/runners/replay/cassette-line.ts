import { z } from 'zod';
import type { AskedModel } from '../../domain/answer-key.ts';
import { type Take, takeSchema } from './recordings.ts';

/** The first line of every cassette. */
export const cassetteHeader = { format: 'multi-model-orchestrator/cassette', version: 1 } as const;

/** What was found when it was looked whether a runner can be asked. */
export interface RunnerLine {
  readonly kind: 'runner';
  readonly runner: string;
  /** Null where it could be asked, else why not. */
  readonly unavailable: {
    readonly kind: 'not-installed' | 'not-signed-in' | 'not-asked' | 'bad-usage';
    readonly message: string;
    readonly remedy: string;
  } | null;
}

/** A prompt, once for all takes that answer it. */
export interface PromptLine {
  readonly kind: 'prompt';
  /** Its SHA-256. */
  readonly id: string;
  readonly system: string;
  readonly text: string;
}

/** One request and what came of it. */
export interface TakeLine extends AskedModel {
  readonly kind: 'take';
  /** The SHA-256 of all that it is found by. */
  readonly key: string;
  readonly prompt: string;
  readonly repeat: number;
  /** The process that recorded it: the takes of the last one are played. */
  readonly session: string;
  readonly take: Take;
}

/** One line of a cassette behind the first. */
export type CassetteLine = RunnerLine | PromptLine | TakeLine;

/** What a text was read as: `torn` is no JSON, as of a process that was ended while it wrote. */
export type ReadLine =
  | { readonly status: 'line'; readonly line: CassetteLine }
  | { readonly status: 'torn' }
  | { readonly status: 'odd'; readonly found: string };

/** Reads one line behind the first. */
export function readCassetteLine(text: string): ReadLine {
  const value = parsed(text);
  if (value === undefined) return { status: 'torn' };
  const read = lineSchema.safeParse(value);
  if (read.success) return { status: 'line', line: read.data };
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') || 'the line';
  return { status: 'odd', found: `${place}: ${issue?.message ?? 'unknown'}` };
}

/** Says what the first line is in place of a header of this version; undefined for such a header. */
export function flawOfHeader(text: string): string | undefined {
  const { format, version }: { readonly format?: unknown; readonly version?: unknown } = Object(
    parsed(text),
  );
  if (format !== cassetteHeader.format) return 'its first line is no header of a cassette';
  if (version === cassetteHeader.version) return undefined;
  return `its version is ${JSON.stringify(version)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 is wanted');

const lineSchema: z.ZodType<CassetteLine> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('runner'),
    runner: z.string(),
    unavailable: z
      .object({
        kind: z.enum(['not-installed', 'not-signed-in', 'not-asked', 'bad-usage']),
        message: z.string(),
        remedy: z.string(),
      })
      .nullable(),
  }),
  z.object({ kind: z.literal('prompt'), id: sha256, system: z.string(), text: z.string() }),
  z.object({
    kind: z.literal('take'),
    key: sha256,
    runner: z.string(),
    type: z.string(),
    model: z.string().nullable(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    prompt: sha256,
    repeat: z.int().min(1),
    session: z.string(),
    take: takeSchema,
  }),
]);
