import * as z from 'zod';
import { configLimits } from '../../config/limits.ts';
import { type RouteWish, routeWishes } from '../../domain/learning.ts';
import { type Mode, modes } from '../../domain/mode.ts';
import {
  type MergeWhen,
  mergeWhens,
  type SelectionOptions,
  type SourceFile,
} from '../../domain/task.ts';

/** What one line of a batch says; what is left out is as the command says. */
export interface BatchLine {
  readonly task: string;
  readonly id?: string | undefined;
  readonly mode?: Mode | 'auto' | undefined;
  readonly models?: readonly string[] | undefined;
  readonly validators?: readonly string[] | undefined;
  /** Paths, and files that stand in the line itself. */
  readonly context?: readonly (string | SourceFile)[] | undefined;
  readonly check?: readonly string[] | undefined;
  readonly tests?: readonly string[] | undefined;
  readonly checkIn?: string | undefined;
  /** Seconds, as all times of a line. */
  readonly checkTimeout?: number | undefined;
  readonly timeout?: number | undefined;
  readonly runTimeout?: number | undefined;
  readonly retries?: number | undefined;
  readonly strict?: boolean | undefined;
  readonly route?: RouteWish | undefined;
  readonly samples?: SelectionOptions['samples'];
  readonly adaptive?: boolean | undefined;
  readonly merge?: MergeWhen | undefined;
  readonly modelTests?: boolean | undefined;
}

const text = z.string('a text').min(1, 'a text that is not empty');
const names = z.array(text, 'a list of texts').min(1, 'a list with at least one text');
const seconds = ((wanted: string) =>
  z.number(wanted).min(configLimits.minSeconds, wanted).max(configLimits.maxSeconds, wanted))(
  `seconds from ${configLimits.minSeconds} to ${configLimits.maxSeconds}`,
);
const wholeTo = (from: number, to: number) => {
  const wanted = `a whole number from ${from} to ${to}`;
  return z.int(wanted).min(from, wanted).max(to, wanted);
};
const samples = wholeTo(1, configLimits.maxSamples);
const flag = z.boolean('true or false');

/** What a line of a batch can say besides its task. */
const shape = {
  task: text,
  id: z.union([text, z.int()], 'a text or a whole number').transform(String).optional(),
  mode: z.enum([...modes, 'auto'], `one of ${modes.join(', ')}, auto`).optional(),
  models: names.optional(),
  validators: z.array(text, 'a list of texts').optional(),
  context: z
    .array(
      z.union([text, z.strictObject({ path: text, text: z.string() })], 'a path, or path and text'),
      'a list of paths, or of objects with path and text',
    )
    .optional(),
  check: z
    .union([text.transform((command) => [command]), names], 'a command, or a list of such')
    .optional(),
  tests: z.union([text.transform((path) => [path]), names], 'a path, or a list of such').optional(),
  checkIn: text.optional(),
  checkTimeout: seconds.optional(),
  timeout: seconds.optional(),
  runTimeout: seconds.optional(),
  retries: wholeTo(0, configLimits.maxRetries).optional(),
  strict: flag.optional(),
  route: z.enum(routeWishes, `one of ${routeWishes.join(', ')}`).optional(),
  samples: z
    .union([samples, z.record(text, samples)], 'a number of answers, or such by model')
    .optional(),
  adaptive: flag.optional(),
  merge: z.enum(mergeWhens, `one of ${mergeWhens.join(', ')}`).optional(),
  modelTests: flag.optional(),
};

const batchLine: z.ZodType<BatchLine> = z.strictObject(shape, 'a text, or an object with a task');

/** What came of reading a line; `because` says what was found and what is wanted. */
export type ReadBatchLine =
  | { readonly status: 'read'; readonly line: BatchLine }
  | { readonly status: 'invalid'; readonly because: string };

/** Reads a line of a batch: a task as a JSON text, or an object that has it as `task`. */
export function readBatchLine(json: string): ReadBatchLine {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return invalid(`it is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const parsed = batchLine.safeParse(typeof value === 'string' ? { task: value } : value);
  if (!parsed.success) return invalid(flawOf(parsed.error.issues));
  if (parsed.data.task.trim() === '') return invalid('its task is empty, wanted a text');
  return { status: 'read', line: parsed.data };
}

function invalid(because: string): ReadBatchLine {
  return { status: 'invalid', because };
}

function flawOf(issues: readonly z.core.$ZodIssue[]): string {
  // A mistyped key is also a missing one, and its own name says more.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const path = [...issue.path, key].join('.');
    return `the key "${path}" is not known, wanted one of ${Object.keys(shape).join(', ')}`;
  }
  const path = issue?.path.join('.') ?? '';
  const wanted = issue?.message ?? 'a task';
  return path === '' ? `wanted ${wanted}` : `"${path}" cannot be used, wanted ${wanted}`;
}
