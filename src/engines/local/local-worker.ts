import type { PerformJob } from '../../domain/engine.ts';
import type { ActiveJob, BatchQueue } from './batch-queue.ts';

/** Performs jobs of this process, a bounded number at once. */
export class LocalWorker {
  readonly #perform: PerformJob;
  readonly #concurrency: number;
  readonly #onFree: () => void;
  readonly #inHand = new Map<ActiveJob, Promise<void>>();
  /** Aborts when what is in hand is to be given back. */
  readonly #leave = new AbortController();

  /** `onFree` is called when it can take another job. */
  constructor(perform: PerformJob, concurrency: number, onFree: () => void) {
    this.#perform = perform;
    this.#concurrency = concurrency;
    this.#onFree = onFree;
  }

  get hasRoom(): boolean {
    return this.#inHand.size < this.#concurrency;
  }

  /** Performs the next job of a batch. */
  take(queue: BatchQueue): void {
    const active = queue.take();
    if (!active) return;
    // It counts before it begins, since what is performed can submit further jobs.
    const performing = Promise.resolve()
      .then(() => this.#performIn(queue, active))
      .then(() => {
        this.#inHand.delete(active);
        this.#onFree();
      });
    this.#inHand.set(active, performing);
  }

  /** Resolves when what is in hand has ended, or was given back after the signal. */
  async drain(signal: AbortSignal): Promise<void> {
    const leave = (): void => this.#leave.abort();
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    await Promise.all(this.#inHand.values());
    signal.removeEventListener('abort', leave);
  }

  async #performIn(queue: BatchQueue, active: ActiveJob): Promise<void> {
    const { controller, job } = active;
    const leave = (): void => controller.abort();
    const { signal } = this.#leave;
    if (signal.aborted) return queue.giveBack(active);
    signal.addEventListener('abort', leave, { once: true });
    const failure = await this.#failureOf(active);
    signal.removeEventListener('abort', leave);
    if (failure === undefined) queue.end(job, { status: 'done' });
    else if (signal.aborted) queue.giveBack(active);
    else queue.end(job, { status: 'failed', message: failure });
  }

  /** Why a job could not be performed; undefined when it was. */
  async #failureOf({ controller, job }: ActiveJob): Promise<string | undefined> {
    try {
      await this.#perform(job, controller.signal);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
