import type {
  BatchCounts,
  Engine,
  EngineWorker,
  JobEnd,
  PerformJob,
  RunJob,
  WorkOptions,
} from '../../domain/engine.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import { BatchQueue } from './batch-queue.ts';
import { LocalWorker } from './local-worker.ts';

/** What a local engine can be told. */
export interface LocalEngineOptions {
  /** How many jobs of one batch can wait before whoever submits the next one waits as well. */
  readonly room?: number | undefined;
}

/** Enough that no worker waits for the next line of a file, and little enough to hold whatever a task carries. */
const usualRoom = 16;

/**
 * Makes an engine whose jobs live as long as this process: the history makes runs go on, not the engine. Of a job that
 * has ended it holds its id, its place and how it ended.
 */
export function localEngine({ room = usualRoom }: LocalEngineOptions = {}): Engine {
  return new LocalEngine(room);
}

class LocalEngine implements Engine {
  readonly #room: number;
  readonly #batches = new Map<string, BatchQueue>();
  readonly #workers = new Set<LocalWorker>();
  #submitted = 0;
  readonly #closed = new AbortController();

  constructor(room: number) {
    this.#room = room;
  }

  async submit(job: RunJob): Promise<void> {
    const queue = this.#queue(job.batch);
    if (queue.has(job.id)) return;
    this.#submitted += 1;
    queue.put({ job, order: this.#submitted });
    this.#handOut();
    await queue.room(this.#room);
  }

  async follow(batch: string, onEnd: (end: JobEnd) => void): Promise<() => Promise<void>> {
    const queue = this.#queue(batch);
    const stop = queue.follow(onEnd);
    return async () => stop();
  }

  async work(perform: PerformJob, { concurrency }: WorkOptions): Promise<EngineWorker> {
    this.#refuseClosed();
    const worker = new LocalWorker(perform, concurrency, () => this.#handOut());
    this.#workers.add(worker);
    this.#handOut();
    return {
      drain: async (signal) => {
        this.#workers.delete(worker);
        await worker.drain(signal);
      },
    };
  }

  async counts(batch: string): Promise<BatchCounts> {
    return this.#queue(batch).counts();
  }

  async pause(batch: string): Promise<void> {
    this.#queue(batch).isPaused = true;
  }

  async proceed(batch: string): Promise<void> {
    this.#queue(batch).isPaused = false;
    this.#handOut();
  }

  async cancel(batch: string): Promise<void> {
    this.#queue(batch).cancel();
    this.#handOut();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    const workers = [...this.#workers];
    this.#workers.clear();
    await Promise.all(workers.map((worker) => worker.drain(AbortSignal.abort())));
    for (const queue of this.#batches.values()) queue.close();
  }

  #queue(batch: string): BatchQueue {
    this.#refuseClosed();
    const queue = this.#batches.get(batch) ?? new BatchQueue();
    this.#batches.set(batch, queue);
    return queue;
  }

  /** Gives waiting jobs to workers with a free hand, the earliest places first. */
  #handOut(): void {
    for (const worker of this.#workers) {
      while (worker.hasRoom) {
        const queue = this.#first();
        if (!queue) return;
        worker.take(queue);
      }
    }
  }

  /** The batch that holds the job that is next. */
  #first(): BatchQueue | undefined {
    let first: BatchQueue | undefined;
    for (const queue of this.#batches.values()) {
      if (queue.isBefore(first)) first = queue;
    }
    return first;
  }

  #refuseClosed(): void {
    if (!this.#closed.signal.aborted) return;
    throw new OrchestratorError('bad-engine', 'Cannot use the engine: it is closed');
  }
}
