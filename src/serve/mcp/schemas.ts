import { z } from 'zod';
import { runStates } from '../../domain/history.ts';
import { runRequestShape } from '../api/run-request.ts';
import type { RunRequest } from '../api/shapes.ts';

/** The most seconds that one call waits for a run. */
const waitMaxSeconds = 3600;

const wait = z
  .number()
  .min(0)
  .max(waitMaxSeconds)
  .describe(
    'Seconds to wait for the end of the run. When it goes on after that, the call returns its run_id, and get_run waits for the rest.',
  );

/** What `run_task` is given: a request for a run, and how long to wait. */
export interface RunTaskInput extends RunRequest {
  readonly wait_seconds: number;
}

/** Seconds that `run_task` waits where nothing is said: below the 60 after which many clients give a call up. */
const usualWaitSeconds = 45;

/** The schema of what `run_task` is given. */
export const runTaskInput: z.ZodType<RunTaskInput> = z.strictObject({
  ...runRequestShape,
  wait_seconds: wait.default(usualWaitSeconds),
});

/** What `get_run` is given. */
export interface GetRunInput {
  readonly run_id: string;
  readonly wait_seconds: number;
}

/** The schema of what `get_run` is given. */
export const getRunInput: z.ZodType<GetRunInput> = z.strictObject({
  run_id: z.string().min(1).max(64).describe('The id of a run, or how it begins'),
  wait_seconds: wait.default(0),
});

/** A run as tools give it. */
export interface RunOutput {
  readonly run_id: string;
  readonly status: (typeof runStates)[number];
  /** The answer as Markdown; null while there is none. */
  readonly answer: string | null;
  readonly chosen: string | null;
  readonly verification: { readonly status: string; readonly because: string } | null;
  readonly needs_human_review: boolean | null;
  readonly review_reasons: readonly string[];
  readonly models: readonly {
    readonly model: string;
    readonly role: string;
    readonly success: boolean;
    readonly error: string | null;
  }[];
  /** What to do next; null where nothing is. */
  readonly next: string | null;
}

/** The schema of a run as tools give it. */
export const runOutput: z.ZodType<RunOutput> = z.object({
  run_id: z.string(),
  status: z.enum(runStates),
  answer: z.string().nullable().describe('The answer as Markdown; null while there is none'),
  chosen: z.string().nullable().describe('The model whose answer was chosen'),
  verification: z
    .object({ status: z.string(), because: z.string() })
    .nullable()
    .describe('How far running the answer speaks for it'),
  needs_human_review: z.boolean().nullable(),
  review_reasons: z.array(z.string()),
  models: z.array(
    z.object({
      model: z.string(),
      role: z.string(),
      success: z.boolean(),
      error: z.string().nullable(),
    }),
  ),
  next: z.string().nullable().describe('What to do next; null where nothing is'),
});

/** The schema of what `route_task` is given. */
export const routeTaskInput: z.ZodType<Pick<RunRequest, 'task' | 'mode' | 'models'>> =
  z.strictObject({
    task: runRequestShape.task,
    mode: runRequestShape.mode,
    models: runRequestShape.models,
  });
