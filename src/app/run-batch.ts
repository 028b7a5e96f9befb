import { type Budget, type BudgetLimit, isLimited } from '../domain/budget.ts';
import type { Engine, EngineWorker, JobEnd, RunJob } from '../domain/engine.ts';
import type { Executor } from '../domain/executor.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Limits } from '../domain/settings.ts';
import type { Task } from '../domain/task.ts';
import { localEngine } from '../engines/local/local-engine.ts';
import { runIdOf } from '../history/run-id.ts';
import { Handoff } from '../lib/handoff.ts';
import { limit } from '../lib/limit.ts';
import { OpenCount } from '../lib/open-count.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import {
  type BatchItems,
  batchRunId,
  batchStream,
  itemsUntil,
  type Running,
} from './batch-stream.ts';
import { executorOf } from './perform-run.ts';
import { realClock } from './real-clock.ts';
import {
  type AppRunOptions,
  type Entered,
  enterRun,
  type RunParts,
  resumeRun,
} from './run-task.ts';

/** Where a task stands in its batch. */
export interface BatchPlaceOf {
  /** Its line, from 1: no two have the same. */
  readonly line: number;
  /** The name that the person gave it; null without one. */
  readonly id: string | null;
}

/** A task of a batch, or why there is none in its place. */
export type BatchItem = BatchPlaceOf &
  (
    | { readonly status: 'task'; readonly task: Task; readonly limits: Partial<Limits> }
    | { readonly status: 'invalid'; readonly because: string }
  );

/** What came of one task of a batch. */
export type BatchOutcome = BatchPlaceOf &
  /** `before`: its run had ended already, and nothing was done for it. */
  (
    | { readonly status: 'ran'; readonly record: RunRecord; readonly before: boolean }
    | { readonly status: 'invalid'; readonly because: string }
    /** It could not be run, as for a misuse. */
    | { readonly status: 'not-run'; readonly runId: string; readonly because: string }
    /** It was not begun, as its budget has nothing left. */
    | { readonly status: 'over-budget'; readonly runId: string; readonly because: string }
  );

/** A run that a batch is about to begin, or to look at. */
export interface KnownRun {
  readonly runId: string;
  readonly line: number;
}

/** What a batch can be told. */
export interface BatchOptions {
  /** Names the batch: the same task in the same place of a batch of this name is the same run. */
  readonly key: string;
  /** The most tasks at once. */
  readonly concurrency: number;
  /** Whether what came of a run is known already, so that nothing is done for it. */
  readonly isKnown?: ((run: KnownRun) => boolean) | undefined;
  /** Runs those anew that came to no answer before. */
  readonly retryFailed?: boolean | undefined;
  /** Of all its tasks together, also of those that were run before. */
  readonly budget?: BudgetLimit | undefined;
  /** Begins no further task and lets those in hand end. */
  readonly drain?: AbortSignal | undefined;
  /** Leaves those in hand as well, so that they can be gone on with. */
  readonly leave?: AbortSignal | undefined;
  readonly onNotice?: ((line: string) => void) | undefined;
  /** Is given what pauses the batch, once it can be. */
  readonly onStart?: ((switches: BatchSwitches) => void) | undefined;
}

/** Holds the tasks of a batch back that have not begun. */
export interface BatchSwitches {
  pause(): Promise<void>;
  proceed(): Promise<void>;
}

/** Milliseconds between two looks at a run that another process goes on with. */
const lookMs = 250;

/**
 * Runs the tasks of a batch, a bounded number at once, and gives what came of each as it comes, in no order. A run
 * that has ended is not repeated, one that was left is gone on with, and one that another process goes on with is
 * waited for at the end. Leaving the loop leaves the runs in hand. Rejects with `bad-history`.
 */
export function runBatch(
  items: BatchItems,
  parts: RunParts,
  options: BatchOptions,
): AsyncGenerator<BatchOutcome> {
  return batchStream(
    items,
    options.leave,
    (leave) => new RunningBatch(parts, { ...options, leave }),
  );
}

/** A run that another process goes on with; its task is in the history. */
interface Left extends BatchPlaceOf {
  readonly runId: string;
  readonly limits: Partial<Limits>;
}

class RunningBatch implements Running {
  readonly outcomes = new Handoff<BatchOutcome>();
  readonly #parts: RunParts;
  readonly #options: BatchOptions & { readonly leave: AbortSignal };
  readonly #engine: Engine = localEngine();
  readonly #executor: Executor;
  /** The names of tasks that are in the engine, by line. */
  readonly #names = new Map<number, string>();
  /** What other processes went on with when their turn came. */
  readonly #left: Left[] = [];
  readonly #failed = new AbortController();
  /** Aborts when no further task is to begin. */
  readonly #stop: AbortSignal;

  constructor(parts: RunParts, options: BatchOptions & { readonly leave: AbortSignal }) {
    this.#parts = parts;
    this.#options = options;
    this.#executor = executorOf(parts);
    const { drain, leave } = options;
    this.#stop = AbortSignal.any([drain ?? [], leave, this.#failed.signal].flat());
  }

  async run(items: BatchItems): Promise<void> {
    try {
      await this.#perform(items);
      if (this.#failed.signal.aborted) throw this.#failed.signal.reason;
    } finally {
      this.outcomes.close();
      await this.#engine.close();
      await this.#executor.close();
    }
  }

  async #perform(items: BatchItems): Promise<void> {
    const { key, concurrency, leave, onStart } = this.#options;
    const engine = this.#engine;
    const ends = new OpenCount();
    await engine.follow(key, (end) => ends.add(this.#hear(end)));
    const worker: EngineWorker = await engine.work((job, signal) => this.#enter(job, signal), {
      concurrency,
    });
    onStart?.({ pause: () => engine.pause(key), proceed: () => engine.proceed(key) });
    try {
      await this.#submitAll(items, ends);
      await untilAborted(this.#stop, ends.all());
    } finally {
      await worker.drain(AbortSignal.any([leave, this.#failed.signal]));
    }
    if (!this.#stop.aborted) await this.#waitForOthers();
  }

  async #submitAll(items: BatchItems, ends: OpenCount): Promise<void> {
    for await (const item of itemsUntil(this.#stop, items)) await this.#submit(item, ends);
  }

  async #submit(item: BatchItem, ends: OpenCount): Promise<void> {
    const { key, isKnown } = this.#options;
    if (item.status === 'invalid') return this.outcomes.give(item);
    const { id, line, limits, task } = item;
    const runId = batchRunId(key, item);
    if (isKnown?.({ runId, line })) return;
    if (id !== null) this.#names.set(line, id);
    ends.expect();
    const job = { id: runId, batch: key, position: line, task, limits };
    await untilAborted(this.#stop, this.#engine.submit(job));
  }

  async #enter(job: RunJob, leave: AbortSignal): Promise<void> {
    const { limits = {}, position: line, task } = job;
    const id = this.#names.get(line) ?? null;
    let runId = job.id;
    const enter: Entering = async (told) => {
      for (let tries = 1; ; tries++) {
        const entered = await enterRun({ id: runId, task }, this.#parts, told);
        if (!(this.#options.retryFailed && hadFailed(entered))) return entered;
        runId = runIdOf([job.id, tries]);
      }
    };
    const isDone = await this.#tryOne({ line, id, runId, limits }, { enter, leave });
    if (!isDone) this.#left.push({ line, id, runId, limits });
  }

  /** False while another process goes on with it. */
  async #tryOne(
    { limits, line, id, runId }: Left,
    { enter, leave }: { readonly enter: Entering; readonly leave: AbortSignal },
  ): Promise<boolean> {
    const { onNotice } = this.#options;
    try {
      const entered = await enter({
        ...{ limits, leave, onNotice, executor: this.#executor },
        sharedBudgets: batchBudgets(this.#options),
      });
      if (entered.status === 'held') return false;
      const { record, before } = entered;
      await this.outcomes.give({ line, id, status: 'ran', record, before });
      return true;
    } catch (error) {
      if (isMistake(error, 'run-in-use')) return false;
      if (isMistake(error, 'budget-exceeded')) {
        await this.outcomes.give({
          line,
          id,
          runId,
          status: 'over-budget',
          because: error.message,
        });
        return true;
      }
      // Without its history a batch would go on paying for what it cannot keep.
      if (isMistake(error, 'bad-history')) this.#failed.abort(error);
      throw error;
    }
  }

  async #hear({ id: runId, position: line, ...end }: JobEnd): Promise<void> {
    const id = this.#names.get(line) ?? null;
    this.#names.delete(line);
    if (end.status !== 'failed' || this.#failed.signal.aborted) return;
    await this.outcomes.give({ line, id, runId, status: 'not-run', because: end.message });
  }

  /** Takes over what other processes did not bring to an end, and tells what they did. */
  async #waitForOthers(): Promise<void> {
    const turns = limit(this.#options.concurrency);
    const waits = this.#left.splice(0).map(async (run) => {
      const release = await turns.enter(this.#stop);
      while (release && !this.#stop.aborted && !(await this.#tryOther(run))) {
        await realClock.sleep(lookMs, this.#stop);
      }
      release?.();
    });
    await Promise.all(waits);
  }

  async #tryOther(run: Left): Promise<boolean> {
    const { leave } = this.#options;
    const { id, line, runId } = run;
    const enter: Entering = async (told) => ({
      status: 'ended',
      record: await resumeRun(runId, this.#parts, told),
      before: false,
    });
    try {
      return await this.#tryOne(run, { enter, leave });
    } catch (error) {
      if (this.#stop.aborted) return true;
      const because = error instanceof Error ? error.message : String(error);
      await this.outcomes.give({ line, id, runId, status: 'not-run', because });
      return true;
    }
  }
}

/** The budgets that the runs of a batch share. */
export function batchBudgets({
  budget,
  key,
}: Pick<BatchOptions, 'budget' | 'key'>): readonly Budget[] {
  return budget && isLimited(budget) ? [{ kind: 'batch', name: key, limit: budget }] : [];
}

/** Takes a run and goes on with it. */
type Entering = (options: AppRunOptions) => Promise<Entered>;

function hadFailed(entered: Entered): boolean {
  return entered.status === 'ended' && entered.before && entered.record.decision.chosen === null;
}

function isMistake(error: unknown, code: OrchestratorError['code']): error is OrchestratorError {
  return error instanceof OrchestratorError && error.code === code;
}
