import { z } from 'zod';
import type { Redecided } from '../../app/redecide.ts';
import type { Unavailable } from '../../domain/availability.ts';
import { runStates } from '../../domain/history.ts';
import { type Mode, modes } from '../../domain/mode.ts';
import type { Role } from '../../domain/plan.ts';
import type { RunRow } from '../../report/history-json.ts';
import type { ResultJson } from '../../report/json.ts';
import { resultSchema } from '../../report/result-schema.ts';

const time = z.iso.datetime();

const runSummary: z.ZodType<RunRow> = z
  .strictObject({
    id: z.string(),
    status: z.enum(runStates),
    started_at: time,
    ended_at: time.nullable(),
    task: z.string(),
    category: z.string().nullable(),
    mode: z.enum(modes).nullable(),
    chosen: z.string().nullable().describe('The model whose answer was chosen'),
  })
  .meta({ id: 'RunSummary', description: 'A run, as a list shows it' });

/** The runs that a query finds. */
export const runList: z.ZodType<{ readonly runs: readonly RunRow[] }> = z
  .strictObject({ runs: z.array(runSummary).describe('The newest first') })
  .meta({ id: 'RunList', description: 'Runs' });

/** A run with its result. */
export interface RunDetail {
  readonly run: RunRow;
  readonly result: ResultJson | null;
}

/** The schema of a run with its result. */
export const runDetail: z.ZodType<RunDetail> = z
  .strictObject({
    run: runSummary,
    result: resultSchema.nullable().describe('Null while the run has not ended'),
  })
  .meta({ id: 'RunDetail', description: 'A run with its result' });

/** A run that goes on. */
export interface StartedView {
  readonly id: string;
  /** Where its events are. */
  readonly events: string;
}

/** The schema of a run that goes on. */
export const startedRun: z.ZodType<StartedView> = z
  .strictObject({ id: z.string(), events: z.string().describe('Where its events are') })
  .meta({ id: 'StartedRun', description: 'A run that goes on' });

const choice = z.strictObject({
  chosen: z.string().nullable(),
  seat: z.string().nullable(),
  rule: z.string(),
});

/** What came of deciding again. */
export const redecided: z.ZodType<Redecided> = z
  .strictObject({ id: z.string(), before: choice, after: choice, changed: z.boolean() })
  .meta({ id: 'Redecided', description: 'A run, decided again from its kept answers' });

/** Whether something was there to be cancelled. */
export const cancelled: z.ZodType<{ readonly cancelled: boolean }> = z
  .strictObject({ cancelled: z.boolean().describe('False where nothing of it goes on here') })
  .meta({ id: 'Cancelled', description: 'Whether something was there to be cancelled' });

/** A model, and whether it can be asked here. */
export interface ModelView {
  readonly name: string;
  readonly type: string;
  readonly available: boolean;
  readonly where: string | null;
  readonly why_not: string | null;
  readonly remedy: string | null;
  /** What a local server lists. */
  readonly models?: readonly string[] | undefined;
}

const modelRow: z.ZodType<ModelView> = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    available: z.boolean(),
    where: z.string().nullable(),
    why_not: z.string().nullable(),
    remedy: z.string().nullable(),
    models: z.array(z.string()).optional().describe('What a local server lists'),
  })
  .meta({ id: 'Model', description: 'A model, and whether it can be asked here' });

/** Every model. */
export const modelList: z.ZodType<{ readonly models: readonly ModelView[] }> = z
  .strictObject({ models: z.array(modelRow) })
  .meta({ id: 'ModelList', description: 'Models' });

/** Who would be asked. */
export interface RouteView {
  readonly category: string;
  readonly mode: Mode;
  readonly reason: string;
  readonly words: readonly string[];
  readonly seats: readonly {
    readonly id: string;
    readonly role: Role;
    readonly model: string;
    readonly available: boolean;
    readonly why_not: string | null;
  }[];
  readonly substitutions: readonly {
    readonly seat: string;
    readonly planned: string;
    readonly model: string;
    readonly because: Unavailable['kind'];
  }[];
}

const because = ['not-installed', 'not-signed-in', 'not-asked', 'bad-usage'] as const;

/** The schema of who would be asked. */
export const routePreview: z.ZodType<RouteView> = z
  .strictObject({
    category: z.string(),
    mode: z.enum(modes),
    reason: z.string(),
    words: z.array(z.string()).describe('The words of the task that decided the category'),
    seats: z.array(
      z.strictObject({
        id: z.string(),
        role: z.enum(['primary', 'validator']),
        model: z.string(),
        available: z.boolean(),
        why_not: z.string().nullable(),
      }),
    ),
    substitutions: z.array(
      z.strictObject({
        seat: z.string(),
        planned: z.string(),
        model: z.string(),
        because: z.enum(because),
      }),
    ),
  })
  .meta({ id: 'RoutePreview', description: 'Who would be asked' });
