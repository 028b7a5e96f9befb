import { syntaxChecker } from '../checkers/syntax/syntax.ts';
import { dataFolder } from '../config/places.ts';
import type { ProbeContext } from '../domain/availability.ts';
import type { Estimate } from '../domain/estimate.ts';
import type { HistoryStore } from '../domain/history.ts';
import type { ModelRow } from '../domain/model-row.ts';
import type { Plan } from '../domain/plan.ts';
import type { RunObserver } from '../domain/run-observer.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Runner } from '../domain/runner.ts';
import type { Settings } from '../domain/settings.ts';
import type { Task } from '../domain/task.ts';
import { planOf } from '../route/plan-of.ts';
import type { Routes } from '../route/route.ts';
import { otelObserver } from '../telemetry/otel-observer.ts';
import { batchOnEngine } from './batch-on-engine.ts';
import { type JobPerformer, jobPerformer, type PerformerTold } from './job-performer.ts';
import { learnedRoutes } from './learned-routes.ts';
import { lookFor } from './look-for.ts';
import { lookRarely } from './look-rarely.ts';
import { type DoctorRow, doctorRows, localType, modelRows } from './model-rows.ts';
import { noHistory, type OpenHistory, openHistory } from './open-history.ts';
import { openLimits } from './open-limits.ts';
import { openSandbox } from './open-sandbox.ts';
import { realClock } from './real-clock.ts';
import { requireSandbox } from './require-sandbox.ts';
import type { BatchItem, BatchOptions, BatchOutcome } from './run-batch.ts';
import { estimateOf } from './run-budgets.ts';
import { type AppRunOptions, type RunParts, resumeRun, runTask } from './run-task.ts';
import { type RunnerPool, runnerPool } from './runner-pool.ts';
import { standingOf } from './standing-of.ts';
import { startTurns } from './start-turns.ts';
import { vendorOf } from './vendor-of.ts';

/** What the program is given of the world. */
export interface AppTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runners from outside, by name; they take the place of declared ones. */
  readonly runners?: Readonly<Record<string, Runner>>;
  /** Whether runs are kept where the settings do not say; not unless given. */
  readonly keepsHistory?: boolean;
  /**
   * Whether many runs go on at once for long: those that begin within a second share one look at who can be asked,
   * and the history has a thread of its own.
   */
  readonly isServer?: boolean;
  /** Look on at every run. */
  readonly observers?: readonly RunObserver[];
}

/** The product behind every entry. */
export interface App {
  readonly settings: Settings;
  /** Who would be asked, asking nobody. Throws `unknown-model` for a name without a runner. */
  route(task: Task): Promise<Plan>;
  /** What a plan is expected to use. */
  estimate(task: Task, plan: Plan): Estimate;
  /** Runs one task to its end; failures of models are rows of the record. Throws only for misuse. */
  run(task: Task, options?: AppRunOptions): Promise<RunRecord>;
  /** Whether runs are kept. */
  readonly keepsRuns: boolean;
  /** Goes on with a run of the history, or gives back one that has ended, asking nobody. Throws for misuse. */
  resume(id: string, options?: AppRunOptions): Promise<RunRecord>;
  /** Runs many tasks, a bounded number at once, and gives what came of each as it comes. */
  batch(
    items: AsyncIterable<BatchItem> | Iterable<BatchItem>,
    options: BatchOptions,
  ): AsyncGenerator<BatchOutcome>;
  /** Makes what performs the jobs of an engine. */
  performer(told: PerformerTold): JobPerformer;
  /** The history; rejects with `bad-history` where it is off or cannot be used. */
  history(): Promise<HistoryStore>;
  /** Forgets why runners are not asked for a while; the names of those and of their providers. */
  forgetLimits(): Promise<readonly string[]>;
  /** Closes the history and the limits, if they were opened. */
  close(): Promise<void>;
  /** Refuses with `no-sandbox` where the floor of the settings is not to be had. */
  requireSandbox(): Promise<void>;
  /** Whether a run's answers were played back from recordings. */
  isReplay(record: RunRecord): boolean;
  models(): Promise<readonly ModelRow[]>;
  /** Checks every runner; asks no model. */
  doctor(context: ProbeContext): Promise<readonly DoctorRow[]>;
}

/** Joins the settings with everything that works by them: the only place that knows concrete parts. */
export function openApp(settings: Settings, tools: AppTools): App {
  const { env, runners = {} } = tools;
  const { keep = tools.keepsHistory } = settings.history;
  const historySettings = { ...settings.history, keep };
  const history = openHistory(historySettings, { env, inThread: tools.isServer });
  const limits = openLimits({ ...settings, history: historySettings }, { env, history });
  const poolTools = { env, clock: realClock, dataFolder: dataFolder(env), limits };
  const pool = runnerPool(settings, poolTools, runners);
  const routes = routesOf(settings);
  const sandbox = openSandbox({ env, floor: settings.sandbox });
  const parts: RunParts = {
    settings,
    pool,
    routes,
    checkers: [syntaxChecker()],
    sandbox,
    env,
    availability: looking(pool, routes, tools),
    store: history.store,
    starts: startTurns(),
    observers: [otelObserver(vendorOf(settings)), ...(tools.observers ?? [])],
  };
  const typeOf = (name: string): string =>
    tools.runners?.[name] ? 'given' : (settings.runners[name]?.type ?? localType);
  const seen = { pool, limits, typeOf };
  return {
    settings,
    route: async (task) => {
      const known = await learnedRoutes(task, routes, history.store);
      return planOf(task, known, await parts.availability(task));
    },
    estimate: (task, plan) => estimateOf(task, plan, settings),
    run: async (task, options = {}) => {
      await pool.open();
      return runTask(task, parts, options);
    },
    keepsRuns: keep === true,
    resume: async (id, options = {}) => {
      await pool.open();
      return resumeRun(id, parts, options);
    },
    batch: (items, options) => openBatch(items, sharingLooks(parts), options),
    performer: (told) => jobPerformer(sharingLooks(parts), told),
    history: () => openStore(history),
    forgetLimits: limits.forget,
    close: async () => {
      // The limits can be in the history.
      await limits.close();
      await history.close();
    },
    requireSandbox: async () => requireSandbox(await sandbox.choose()),
    isReplay: ({ plan, attempts }) =>
      plan.seats.some(({ runner }) => typeOf(runner) === 'replay') ||
      attempts.some(({ from }) => from === 'cassette'),
    models: () => modelRows(seen),
    doctor: (context) => doctorRows(context, seen),
  };
}

async function openStore(history: OpenHistory): Promise<HistoryStore> {
  const store = await history.store();
  if (!store) throw noHistory();
  return store;
}

function looking(
  pool: RunnerPool,
  routes: Routes,
  { isServer }: AppTools,
): RunParts['availability'] {
  const looks = isServer ? lookRarely(pool, realClock) : pool;
  return (task) => lookFor(task, routes, looks);
}

/** Runs a batch, once what answers in place of models is open. */
async function* openBatch(
  items: Parameters<App['batch']>[0],
  parts: RunParts,
  options: BatchOptions,
): AsyncGenerator<BatchOutcome> {
  await parts.pool.open();
  yield* batchOnEngine(items, parts, options);
}

/** The same parts for many runs, which share their looks at who can be asked. */
function sharingLooks(parts: RunParts): RunParts {
  const looks = lookRarely(parts.pool, realClock);
  return { ...parts, availability: (task) => lookFor(task, parts.routes, looks) };
}

function routesOf({ categories, localServers, modes, runners }: Settings): Routes {
  const [first, ...rest] = categories;
  if (!first) throw new TypeError('settings have at least the category general');
  return {
    categories: [first, ...rest],
    modes,
    lastResorts: Object.keys(localServers),
    standingOf: (runner, category) => standingOf(runner, runners[runner], category),
  };
}
