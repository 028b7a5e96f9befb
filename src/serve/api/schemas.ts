import { z } from 'zod';
import { type FailureKind, failureFacts } from '../../domain/failure.ts';
import { runStates } from '../../domain/history.ts';
import { routeWishes } from '../../domain/learning.ts';
import { type ModeShape, modes } from '../../domain/mode.ts';
import { mergeWhens } from '../../domain/task.ts';
import type { RunRow } from '../../report/history-json.ts';
import { resultSchema, routeLearning } from '../../report/result-schema.ts';
import type { StatsRow } from '../../report/stats-json.ts';
import type {
  AmountView,
  DefaultsView,
  ExampleView,
  ModelView,
  RedecidedView,
  RouteView,
  RunDetail,
  StartedView,
} from './shapes.ts';

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

/** The schema of a run with its result. */
export const runDetail: z.ZodType<RunDetail> = z
  .strictObject({
    run: runSummary,
    result: resultSchema.nullable().describe('Null while the run has not ended'),
  })
  .meta({ id: 'RunDetail', description: 'A run with its result' });

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
export const redecided: z.ZodType<RedecidedView> = z
  .strictObject({ id: z.string(), before: choice, after: choice, changed: z.boolean() })
  .meta({ id: 'Redecided', description: 'A run, decided again from its kept answers' });

/** That something is being ended. */
export const cancelled: z.ZodType<{ readonly cancelled: true }> = z
  .strictObject({ cancelled: z.literal(true) })
  .meta({ id: 'Cancelled', description: 'It is being ended; what cannot be is a problem' });

const modelRow: z.ZodType<ModelView> = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    available: z.boolean(),
    where: z.string().nullable(),
    why_not: z.string().nullable(),
    remedy: z.string().nullable(),
    refusal: z.string().nullable().describe('Why it is not asked for a while, though it could be'),
    models: z.array(z.string()).optional().describe('What a local server lists'),
  })
  .meta({ id: 'Model', description: 'A model, and whether it can be asked here' });

/** Every model. */
export const modelList: z.ZodType<{ readonly models: readonly ModelView[] }> = z
  .strictObject({ models: z.array(modelRow) })
  .meta({ id: 'ModelList', description: 'Models' });

const because = ['not-installed', 'not-signed-in', 'not-asked', 'bad-usage'] as const;

const amount: z.ZodType<AmountView> = z.strictObject({
  cost_usd: z.number().nullable(),
  tokens: z.number().nullable(),
});

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
    learning: routeLearning.nullable().describe('Only where the route was to go by the history'),
    estimate: z
      .strictObject({
        least: amount.describe('When every answer is one word'),
        most: amount.describe('When every answer is as long as it may be; null where not known'),
        unpriced: z.array(z.string()).describe('Models whose price is not known'),
        unbounded: z.array(z.string()).describe('Models whose longest answer is not known'),
      })
      .describe('Of prompts and answers; without retries, judges and merges'),
  })
  .meta({ id: 'RoutePreview', description: 'Who would be asked' });

const shape: z.ZodType<ModeShape> = z.strictObject({
  primaries: z.union([z.int(), z.literal('all')]),
  validators: z.int(),
});

/** The schema of what holds where a request leaves a field out. */
export const runDefaults: z.ZodType<DefaultsView> = z
  .strictObject({
    mode: z.enum([...modes, 'auto']),
    models: z.array(z.string()).nullable().describe('Null leaves it to the category of the task'),
    strict: z.boolean(),
    route: z.enum(routeWishes),
    check: z.array(z.string()),
    tests: z.array(z.string()).describe('The names of files'),
    check_timeout: z.number().describe('Seconds'),
    samples: z.int(),
    adaptive: z.boolean(),
    merge: z.enum(mergeWhens),
    model_tests: z.boolean(),
    timeout: z.number().describe('Seconds; a model can have its own'),
    retries: z.int().describe('A model can have its own'),
    max_cost: z.number().nullable().describe('Null for no limit'),
    max_tokens: z.int().nullable().describe('Null for no limit'),
    modes: z.record(z.enum(modes), shape).describe('How many answer and review in each mode'),
  })
  .meta({ id: 'RunDefaults', description: 'What holds for a run where a request says nothing' });

/** Every task that is there to be tried. */
export const exampleList: z.ZodType<{ readonly examples: readonly ExampleView[] }> = z
  .strictObject({
    examples: z.array(
      z.strictObject({
        title: z.string(),
        task: z.string(),
        mode: z.enum(modes),
        shows: z.string().describe('What a person can see by it'),
      }),
    ),
  })
  .meta({ id: 'ExampleList', description: 'Tasks that there are recordings of' });

const count = z.int().min(0);
const perAnswer = z.strictObject({ mean: z.number().nullable(), known: count });
// The keys of a table that is typed by the union are the members of the union.
const failureKind = z.enum(Object.keys(failureFacts) as [FailureKind, ...FailureKind[]]);

/** How the models fared. */
export const statistics: z.ZodType<{ readonly models: readonly StatsRow[] }> = z
  .strictObject({
    models: z.array(
      z.strictObject({
        runner: z.string(),
        model: z.string().nullable().describe('As the vendor says; null where it does not'),
        category: z.string(),
        asked: count,
        answered: count,
        won: count,
        lost: count,
        tied: count,
        uncompared: count,
        verified: z.strictObject({ won: count, lost: count }),
        failures: z.partialRecord(failureKind, count),
        win_rate: z
          .strictObject({ share: z.number(), low: z.number(), high: z.number() })
          .nullable()
          .describe('With its 95 % interval; null where there are too few'),
        latency: z
          .strictObject({ p50: z.number().nullable(), p95: z.number().nullable() })
          .describe('Seconds; null where there are too few'),
        cost_per_answer: perAnswer.describe('US dollars'),
        tokens_per_answer: perAnswer,
      }),
    ),
  })
  .meta({ id: 'Statistics', description: 'How the models fared in the runs that are kept' });
