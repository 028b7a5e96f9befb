import { randomUUID } from 'node:crypto';
import { syntaxChecker } from '../checkers/syntax/syntax.ts';
import type { Availability, Probe } from '../domain/availability.ts';
import type { PassingEvent, RunEvent, StoredEvent } from '../domain/event.ts';
import type { Plan } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Runner } from '../domain/runner.ts';
import type { Limits, Settings } from '../domain/settings.ts';
import type { Task } from '../domain/task.ts';
import type { Checker } from '../domain/verdict.ts';
import { memoryHistory } from '../history/memory-history.ts';
import { planOf } from '../route/plan-of.ts';
import type { Routes } from '../route/route.ts';
import { fold, statusOf } from '../run/fold.ts';
import { run } from '../run/run.ts';
import { stepsOf } from '../run/step.ts';
import { realClock } from './real-clock.ts';
import { type RunnerPool, runnerPool } from './runner-pool.ts';

/** Milliseconds by which the requests of a run are on their way. */
const warmDelayMs = 50;

/** What the program is given of the world. */
export interface AppTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runners from outside, by name; they take the place of declared ones. */
  readonly runners?: Readonly<Record<string, Runner>>;
}

/** What one run can be told besides its task. */
export interface AppRunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears every event as it happens. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** In place of the settings' own. */
  readonly limits?: Partial<Limits> | undefined;
}

/** A runner, and whether it can be asked here. */
export interface ModelRow {
  readonly name: string;
  readonly type: string;
  readonly availability: Availability;
}

/** A runner, and what its cheap check found. */
export interface DoctorRow {
  readonly name: string;
  readonly type: string;
  readonly probe: Probe;
}

/** The product behind every entry. */
export interface App {
  readonly settings: Settings;
  /** Who would be asked, asking nobody. Throws `unknown-model` for a name without a runner. */
  route(task: Task): Promise<Plan>;
  /** Runs one task to its end; failures of models are rows of the record. Throws only for misuse. */
  run(task: Task, options?: AppRunOptions): Promise<RunRecord>;
  /** Whether a run's answers were played back from recordings. */
  isReplay(record: RunRecord): boolean;
  models(): Promise<readonly ModelRow[]>;
  doctor(signal: AbortSignal): Promise<readonly DoctorRow[]>;
}

/** Joins the settings with everything that works by them: the only place that knows concrete parts. */
export function openApp(settings: Settings, tools: AppTools): App {
  const pool = runnerPool(settings, { env: tools.env, clock: realClock }, tools.runners ?? {});
  const routes = routesOf(settings);
  const checkers = [syntaxChecker()];
  const typeOf = (name: string): string =>
    tools.runners?.[name] ? 'given' : (settings.runners[name]?.type ?? 'given');
  return {
    settings,
    route: async (task) => planOf(task, routes, await pool.availability()),
    run: (task, options = {}) => runTask(task, { settings, pool, routes, checkers, options }),
    isReplay: ({ plan }) => plan.seats.some(({ runner }) => typeOf(runner) === 'replay'),
    models: async () =>
      [...(await pool.availability())].map(([name, availability]) => ({
        name,
        type: typeOf(name),
        availability,
      })),
    doctor: (signal) =>
      Promise.all(
        pool.names.map(async (name) => ({
          name,
          type: typeOf(name),
          probe: await probe(await pool.runner(name), signal),
        })),
      ),
  };
}

interface Parts {
  readonly settings: Settings;
  readonly pool: RunnerPool;
  readonly routes: Routes;
  readonly checkers: readonly Checker[];
  readonly options: AppRunOptions;
}

async function runTask(task: Task, parts: Parts): Promise<RunRecord> {
  const { options, pool, routes, checkers } = parts;
  const runTimeoutMs = options.limits?.runTimeoutMs ?? parts.settings.limits.runTimeoutMs;
  const signal = options.signal ?? new AbortController().signal;
  const startedAtMs = realClock.now();
  const startMs = realClock.elapsed();
  const tell = (event: StoredEvent | PassingEvent): void =>
    options.onEvent?.({ ...event, atMs: realClock.now() });

  const history = memoryHistory();
  const record = async (event: StoredEvent): Promise<void> => {
    await history.append(event);
    tell(event);
  };
  // What checking needs is loaded while the models think, once they have been asked.
  const stopWarming = realClock.after(warmDelayMs, () => {
    for (const checker of checkers) void checker.warm();
  });
  await record({ type: 'run-started', task });
  await run(task, stepsOf(history, tell), {
    routes,
    checkers,
    availability: () => pool.availability(),
    asking: (name) => pool.asking(name, options.limits),
    clock: realClock,
    random: Math.random,
    signal,
    runEndsAtMs: startMs + (runTimeoutMs ?? Number.POSITIVE_INFINITY),
    emit: tell,
  });
  stopWarming();
  await record({ type: 'run-ended', status: statusOf(history.events, signal.aborted) });
  const durationMs = realClock.elapsed() - startMs;
  const folded = fold(history.events, { id: randomUUID(), startedAtMs, durationMs });
  if (!folded) throw new TypeError('a run ended without its events');
  return folded;
}

function routesOf({ categories, modes }: Settings): Routes {
  const [first, ...rest] = categories;
  if (!first) throw new TypeError('settings have at least the category general');
  return { categories: [first, ...rest], modes };
}

async function probe(runner: Runner, signal: AbortSignal): Promise<Probe> {
  if (runner.probe) return runner.probe(signal);
  const availability = await runner.available();
  return { availability, version: null, signedIn: null, latencyMs: null };
}
