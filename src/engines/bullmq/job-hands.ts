import { DelayedError, type Job, type Queue, UnrecoverableError } from 'bullmq';
import type { Clock } from '../../domain/clock.ts';
import type { JobEnd, PerformJob, RunJob } from '../../domain/engine.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import type { BatchRecords } from './batch-records.ts';
import { promoteJob } from './job-queue.ts';

/** What a worker's hands need. */
export interface HandsParts {
  readonly records: BatchRecords;
  readonly queue: Queue<RunJob>;
  readonly clock: Clock;
}

/** Milliseconds until a job that could not be performed for now is looked at again. */
const laterDelayMs = 2_000;

/** Milliseconds after which a job that is held back is looked at even if nobody has let it proceed. */
const pausedDelayMs = 600_000;

/** After so many workers that ended in the middle of a job it is the job that ends them. */
const takeOversMaxCount = 10;

/** Performs the jobs that a worker of the queue takes, and keeps how each of them ended before the queue hears of it. */
export class JobHands {
  readonly #perform: PerformJob;
  readonly #parts: HandsParts;
  readonly #inHand = new Set<Hand>();
  readonly #leaving = new AbortController();

  constructor(perform: PerformJob, parts: HandsParts) {
    this.#perform = perform;
    this.#parts = parts;
  }

  /** Performs one job; rejects as the queue wants it where the job failed, or goes on later. */
  async take(job: Job<RunJob>, token: string | undefined): Promise<void> {
    const { records } = this.#parts;
    const held: HeldJob = { job, token };
    const beginning = await records.begin(job.data);
    if (beginning === 'ended') return;
    if (beginning === 'cancelled') return records.end({ ...nameOf(job.data), status: 'cancelled' });
    if (beginning === 'paused') return this.#holdBack(held);
    if (job.stalledCounter > takeOversMaxCount) return this.#fail(job.data, fatal);
    const hand: Hand = { ...nameOf(job.data), controller: new AbortController() };
    if (this.#leaving.signal.aborted) return this.#giveBack(held, 0);
    this.#inHand.add(hand);
    try {
      await this.#perform(job.data, hand.controller.signal);
      await this.#end(hand);
    } catch (error) {
      await this.#afterFailure(held, hand, error);
    } finally {
      this.#inHand.delete(hand);
    }
  }

  /** Ends the jobs in hand whose batch was cancelled. */
  async endCancelled(): Promise<void> {
    if (this.#inHand.size === 0) return;
    for (const hand of await this.#parts.records.cancelled([...this.#inHand])) {
      hand.isCancelled = true;
      hand.controller.abort();
    }
  }

  /** Gives back what is in hand. */
  leave(): void {
    this.#leaving.abort();
    for (const { controller } of this.#inHand) controller.abort();
  }

  async #end(hand: Hand): Promise<void> {
    const status = hand.isCancelled ? 'cancelled' : 'done';
    await this.#parts.records.end({ ...nameOf(hand), status });
  }

  async #afterFailure(held: HeldJob, hand: Hand, error: unknown): Promise<void> {
    if (hand.isCancelled) return this.#end(hand);
    if (this.#leaving.signal.aborted) return this.#giveBack(held, 0);
    if (isForLater(error)) return this.#giveBack(held, laterDelayMs);
    const message = error instanceof Error ? error.message : String(error);
    return this.#fail(held.job.data, {
      message,
      ...(isOverBudget(error) && { isOverBudget: true }),
    });
  }

  async #fail(job: RunJob, told: Flaw): Promise<never> {
    await this.#parts.records.end({ ...nameOf(job), status: 'failed', ...told });
    throw new UnrecoverableError(told.message);
  }

  /** Puts a job back into its place, where it has its turn after a while. */
  async #giveBack({ job, token }: HeldJob, delayMs: number): Promise<never> {
    await this.#parts.records.leave(job.data);
    await job.moveToDelayed(this.#parts.clock.now() + delayMs, token);
    throw new DelayedError();
  }

  async #holdBack({ job, token }: HeldJob): Promise<never> {
    const { records, queue, clock } = this.#parts;
    await job.moveToDelayed(clock.now() + pausedDelayMs, token);
    // Whoever lets the batch proceed just now has not seen it among those that are held back.
    if (!(await records.isPaused(job.data.batch))) await promoteJob(queue, job.data.id);
    throw new DelayedError();
  }
}

/** A job with what proves that it was given to this worker. */
interface HeldJob {
  readonly job: Job<RunJob>;
  readonly token: string | undefined;
}

/** A job that is performed. */
interface Hand extends Pick<RunJob, 'id' | 'batch' | 'position'> {
  readonly controller: AbortController;
  isCancelled?: true;
}

/** Why a job failed. */
type Flaw = Pick<Extract<JobEnd, { readonly status: 'failed' }>, 'message' | 'isOverBudget'>;

const fatal: Flaw = {
  message: `Cannot perform it: more than ${takeOversMaxCount} workers ended in the middle of it`,
};

function isOverBudget(error: unknown): boolean {
  return error instanceof OrchestratorError && error.code === 'budget-exceeded';
}

function nameOf({ id, batch, position }: Pick<RunJob, 'id' | 'batch' | 'position'>) {
  return { id, batch, position };
}

/**
 * Whether time heals it. The process that holds the run may be about to end it, or may be dead, which its lease tells;
 * and a history that cannot be reached says nothing of the job.
 */
function isForLater(error: unknown): boolean {
  if (!(error instanceof OrchestratorError)) return false;
  return error.code === 'run-in-use' || error.code === 'bad-history';
}
