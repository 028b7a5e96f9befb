import type { PassingEvent, StoredEvent } from '../domain/event.ts';
import type { Executor } from '../domain/executor.ts';
import type { Task } from '../domain/task.ts';
import { openExecutor } from '../executors/open-executor.ts';
import { admitInTurn } from '../limits/admit-in-turn.ts';
import type { ExtractTools } from '../run/extract-once.ts';
import { run } from '../run/run.ts';
import type { stepsOf } from '../run/step.ts';
import { answerCheckers } from './answer-checkers.ts';
import { learnedRoutes } from './learned-routes.ts';
import { realClock } from './real-clock.ts';
import type { RunBudgets } from './run-budgets.ts';
import type { AppRunOptions, RunParts } from './run-task.ts';

/** Milliseconds by which the requests of a run are on their way. */
const warmDelayMs = 50;

/** How a run is performed. */
export interface Performance {
  readonly parts: RunParts;
  readonly options: Pick<AppRunOptions, 'limits' | 'executor' | 'seatSignal'>;
  readonly budgets: RunBudgets;
  readonly signal: AbortSignal;
  readonly extract: ExtractTools['extract'];
  readonly step: ReturnType<typeof stepsOf>;
  readonly tell: (event: StoredEvent | PassingEvent) => void;
  /** Is called each time that a model is about to be asked. */
  readonly onAsking: () => void;
}

/** Takes a task through the stages, with everything that they need of the world. */
export async function performRun(
  task: Task,
  { parts, options, budgets, signal, extract, step, tell, onAsking }: Performance,
): Promise<void> {
  const { limits, seatSignal } = options;
  const { pool, routes, checkers, sandbox, env, settings } = parts;
  const runTimeoutMs = limits?.runTimeoutMs ?? settings.limits.runTimeoutMs;
  const startMs = realClock.elapsed();
  // What checking needs is loaded while the models think, once they have been asked.
  const stopWarming = realClock.after(warmDelayMs, () => {
    for (const checker of checkers) void checker.warm();
  });
  await using checks = answerCheckers(task, env, sandbox.choose);
  await using opened = new AsyncDisposableStack();
  opened.defer(stopWarming);
  const executor = options.executor ?? opened.adopt(executorOf(parts), (open) => open.close());
  await run(task, step, {
    routes: (asked) => learnedRoutes(asked, routes, parts.store),
    extract,
    checkers,
    answerCheckers: checks.list,
    executors: [executor],
    availability: parts.availability,
    asking: async (name) => {
      onAsking();
      const asking = await pool.asking(name, limits);
      const { admission } = asking;
      return { ...asking, admission: admitInTurn([budgets.admission, admission]) };
    },
    clock: realClock,
    random: Math.random,
    signal,
    seatSignal,
    runEndsAtMs: startMs + (runTimeoutMs ?? Number.POSITIVE_INFINITY),
    emit: tell,
  });
}

/** Opens what runs the code of answers; it starts nothing before it is used. */
export function executorOf({ env, sandbox }: RunParts): Executor {
  return openExecutor({ sandbox: sandbox.choose, env, runtime: sandbox.parts });
}
