import type { Budget } from './budget.ts';
import type { Limits } from './settings.ts';
import type { Task } from './task.ts';

/** A run that somebody has to perform. */
export interface RunJob {
  /** The id of the run: the same job is never performed as two runs. */
  readonly id: string;
  readonly batch: string;
  /** Its place in the batch, from 1. Earlier places go first, also before later places of older batches. */
  readonly position: number;
  readonly task: Task;
  /** In place of the settings' own. */
  readonly limits?: Partial<Limits> | undefined;
  /** What it shares with others, such as the budget of its batch. */
  readonly budgets?: readonly Budget[] | undefined;
}

/** How a job left the engine. The result of a `done` one is in the history, under the id of the job. */
export type JobEnd = Pick<RunJob, 'id' | 'batch' | 'position'> &
  (
    | { readonly status: 'done' }
    | { readonly status: 'cancelled' }
    /** It could not be performed at all, as for a misuse; a failed model is no such thing. */
    | {
        readonly status: 'failed';
        readonly message: string;
        /** Whether nobody was asked for want of budget: submitted again, it is performed. */
        readonly isOverBudget?: true | undefined;
      }
  );

/**
 * Performs one job and keeps its run in the history; rejects for a misuse, and when the signal ended it before its end.
 * May be called again for a job whose worker died, or gave it back.
 */
export type PerformJob = (job: RunJob, signal: AbortSignal) => Promise<void>;

/** How a worker works. */
export interface WorkOptions {
  /** The most jobs at once. */
  readonly concurrency: number;
}

/** Somebody who performs jobs. */
export interface EngineWorker {
  /**
   * Takes no further job and resolves when those in hand have ended. Aborts these when the signal does; what does not
   * come to its end by then is given back, for another worker.
   */
  drain(signal: AbortSignal): Promise<void>;
}

/** How many jobs of a batch are where. */
export interface BatchCounts {
  readonly waiting: number;
  readonly active: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Hands the runs of batches to workers. Every method rejects with `bad-engine` where it cannot be used. */
export interface Engine {
  /**
   * Takes a job over; one that it has, or had, is not taken a second time, but for one that was over budget. Resolves when the job cannot be lost any
   * more, or, where jobs live as long as the process, when there is room for another one.
   */
  submit(job: RunJob): Promise<void>;
  /** Tells the end of every job of a batch once, also of those that ended before, which it tells before it resolves;
   * resolves with what stops it. */
  follow(batch: string, onEnd: (end: JobEnd) => void): Promise<() => Promise<void>>;
  /** Begins to perform jobs. */
  work(perform: PerformJob, options: WorkOptions): Promise<EngineWorker>;
  counts(batch: string): Promise<BatchCounts>;
  /** Holds back the jobs of a batch that have not begun. */
  pause(batch: string): Promise<void>;
  proceed(batch: string): Promise<void>;
  /** Ends the jobs of a batch, also those that have begun. */
  cancel(batch: string): Promise<void>;
  close(): Promise<void>;
}
