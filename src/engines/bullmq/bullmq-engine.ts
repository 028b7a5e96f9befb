import type { Queue } from 'bullmq';
import type { Clock } from '../../domain/clock.ts';
import type {
  BatchCounts,
  Engine,
  EngineWorker,
  JobEnd,
  PerformJob,
  RunJob,
  WorkOptions,
} from '../../domain/engine.ts';
import { BatchRecords, type JobName } from './batch-records.ts';
import { connectRedis, type RedisConnection } from './connect-redis.ts';
import { engineMistake } from './engine-mistake.ts';
import { followEnds } from './follow-ends.ts';
import { jobQueue, promoteJob, putJob, queueId } from './job-queue.ts';
import { workOnJobs } from './work-on-jobs.ts';

/** What the engine needs, and what it can be told. */
export interface BullmqOptions {
  readonly url: URL;
  readonly clock: Clock;
  /** Is told in one line what should be known: a lost connection, a Redis that may forget jobs. */
  readonly onNotice: (line: string) => void;
  /** What every key begins with; several engines on one Redis need several. */
  readonly prefix?: string | undefined;
  /** Milliseconds without a sign of life after which a worker is taken for dead. */
  readonly lockMs?: number | undefined;
}

/**
 * A worker that is taken for dead though it is only late does no harm: its runs are held in the history, and whoever
 * is given one of them waits. So this is shorter than a lease of the history.
 */
const usualLockMs = 6_000;

/** How often a job that is to be performed anew is removed from the queue, and after how many milliseconds again. */
const forgetMaxTries = 100;
const forgetMs = 100;

/** Opens the engine whose jobs are in Redis or Valkey, for any number of machines; rejects with `bad-engine`. */
export async function bullmqEngine(options: BullmqOptions): Promise<Engine> {
  const connection = await connectRedis(options.url, options.onNotice);
  return new BullmqEngine(connection, options);
}

class BullmqEngine implements Engine {
  readonly #connection: RedisConnection;
  readonly #options: BullmqOptions;
  readonly #prefix: string;
  readonly #queue: Queue<RunJob>;
  readonly #records: BatchRecords;
  /** Ends what was begun with this engine. */
  readonly #closers = new Set<() => Promise<void>>();

  constructor(connection: RedisConnection, options: BullmqOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#prefix = options.prefix ?? 'orchestrator';
    this.#queue = jobQueue({ ...connection, prefix: this.#prefix });
    // The connection says what befalls it; without a listener the process would end.
    this.#queue.on('error', () => undefined);
    this.#records = new BatchRecords(connection.client, this.#prefix);
  }

  submit(job: RunJob): Promise<void> {
    return this.#guard(async () => {
      const registered = await this.#records.register(job);
      if (registered === 'again') await this.#forget(job, this.#options.clock);
      if (registered !== 'ended') await putJob(this.#queue, job);
    });
  }

  follow(batch: string, onEnd: (end: JobEnd) => void): Promise<() => Promise<void>> {
    return this.#guard(async () => {
      const followed = { batch, key: this.#records.endsKey(batch) };
      const stop = await followEnds(this.#connection.client, followed, onEnd);
      return this.#closedWith(stop);
    });
  }

  work(perform: PerformJob, { concurrency }: WorkOptions): Promise<EngineWorker> {
    return this.#guard(async () => {
      const { clock, onNotice, lockMs = usualLockMs } = this.#options;
      const place = { ...this.#connection, prefix: this.#prefix };
      const parts = { ...place, clock, onNotice, lockMs, concurrency };
      const worker = await workOnJobs(perform, parts);
      const atOnce = this.#closedWith(() => worker.drain(AbortSignal.abort()));
      return {
        drain: async (signal) => {
          await worker.drain(signal);
          await atOnce();
        },
      };
    });
  }

  counts(batch: string): Promise<BatchCounts> {
    return this.#guard(() => this.#records.counts(batch));
  }

  pause(batch: string): Promise<void> {
    return this.#guard(() => this.#records.pause(batch));
  }

  proceed(batch: string): Promise<void> {
    return this.#guard(async () => {
      await this.#records.proceed(batch);
      for (const id of await this.#records.heldBack(batch)) await promoteJob(this.#queue, id);
    });
  }

  cancel(batch: string): Promise<void> {
    return this.#guard(async () => {
      for await (const jobs of this.#records.unended(batch)) {
        const ids = jobs.map(({ id }) => id);
        await this.#records.wishCancelled(batch, ids);
        await Promise.all(jobs.map((job) => this.#cancelWaiting(job)));
      }
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#closers].map((close) => close()));
    await this.#queue.close();
    this.#connection.client.disconnect();
  }

  /** One that is performed cannot be removed: its worker ends it. */
  async #cancelWaiting(job: JobName): Promise<void> {
    const isRemoved = (await this.#queue.remove(queueId(job.id))) === 1;
    if (isRemoved) await this.#records.end({ ...job, status: 'cancelled' });
  }

  /** Removes what the queue shows of a job that has ended, which a worker may still be about to tell it. */
  async #forget({ id }: JobName, clock: Clock): Promise<void> {
    for (let tries = 1; tries < forgetMaxTries; tries++) {
      await this.#queue.remove(queueId(id)).catch(() => undefined);
      if (!(await this.#queue.getJob(queueId(id)))) return;
      await clock.sleep(forgetMs, new AbortController().signal);
    }
  }

  #closedWith(close: () => Promise<void>): () => Promise<void> {
    const once = async (): Promise<void> => {
      if (this.#closers.delete(once)) await close();
    };
    this.#closers.add(once);
    return once;
  }

  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw engineMistake(this.#connection.where, error);
    }
  }
}
