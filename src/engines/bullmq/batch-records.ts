import type { Redis } from 'ioredis';
import type { BatchCounts, JobEnd, RunJob } from '../../domain/engine.ts';
import { beginScript, endScript, registerScript } from './batch-scripts.ts';

/** What names a job. */
export type JobName = Pick<RunJob, 'id' | 'batch' | 'position'>;

/** Whether a job may be performed, or why not. */
export type Beginning = 'begun' | 'ended' | 'cancelled' | 'paused';

/** Seconds for which a batch is known whose jobs have all ended: so long its ends can be followed. */
const keptSeconds = 7 * 86_400;

/** How many jobs one step of a walk over a batch takes. */
const stepCount = 500;

/**
 * What is known of batches besides the queue: how each job ended, told once and kept longer than the job itself. The
 * queue's own events are of no use for that, since its stream forgets the oldest ones whoever has not read them.
 */
export class BatchRecords {
  readonly #client: Redis;
  readonly #prefix: string;

  /** All keys begin with the prefix. */
  constructor(client: Redis, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  /** Keeps that a job was submitted; `ended` when it is not to be performed, `again` when it had ended and is. */
  async register({ id, batch, position }: RunJob): Promise<'known' | 'ended' | 'again'> {
    const found = await this.#run(registerScript, batch, [id, position]);
    if (found === 2) return 'again';
    return found === 1 ? 'known' : 'ended';
  }

  /** Asks whether a job may be performed, and marks it as begun if so. */
  async begin({ id, batch }: JobName): Promise<Beginning> {
    // The script gives nothing else.
    return (await this.#run(beginScript, batch, [id])) as Beginning;
  }

  /** Keeps how a job ended, unless it has ended before. */
  async end(end: JobEnd): Promise<void> {
    const { id, batch, position, status } = end;
    const message = end.status === 'failed' ? end.message : '';
    const kept = end.status === 'failed' && end.isOverBudget ? 'over-budget' : status;
    await this.#run(endScript, batch, [id, position, status, message, keptSeconds, kept]);
  }

  /** Marks that nobody performs a job for now. */
  async leave({ id, batch }: JobName): Promise<void> {
    await this.#client.srem(this.#keys(batch).active, id);
  }

  async counts(batch: string): Promise<BatchCounts> {
    const { numbers, active } = this.#keys(batch);
    const found = await this.#client.multi().hgetall(numbers).scard(active).exec();
    const [[, kept] = [], [, inHand] = []] = found ?? [];
    const count = (name: string): number => Number(Object(kept)[name] ?? 0);
    const [done, failed, cancelled] = [count('done'), count('failed'), count('cancelled')];
    const begun = Number(inHand);
    const waiting = count('submitted') - done - failed - cancelled - begun;
    return { waiting, active: begun, done, failed, cancelled };
  }

  async pause(batch: string): Promise<void> {
    await this.#client.hset(this.#keys(batch).numbers, 'paused', 1);
  }

  async proceed(batch: string): Promise<void> {
    await this.#client.hdel(this.#keys(batch).numbers, 'paused');
  }

  async isPaused(batch: string): Promise<boolean> {
    return (await this.#client.hexists(this.#keys(batch).numbers, 'paused')) === 1;
  }

  /** The ids of the jobs that were held back when it was their turn. */
  async heldBack(batch: string): Promise<readonly string[]> {
    return this.#client.smembers(this.#keys(batch).parked);
  }

  /** The jobs of a batch that have not ended, some at a time; one can be given twice. */
  async *unended(batch: string): AsyncGenerator<readonly JobName[]> {
    let cursor = '0';
    do {
      const [next, fields] = await this.#client.hscan(
        this.#keys(batch).jobs,
        cursor,
        'COUNT',
        stepCount,
      );
      cursor = next;
      const pairs = Array.from({ length: fields.length / 2 }, (_, index) => ({
        id: fields[2 * index] ?? '',
        batch,
        position: Number(fields[2 * index + 1]),
      }));
      yield pairs.filter(({ position }) => !Number.isNaN(position));
    } while (cursor !== '0');
  }

  /** Asks that jobs of one batch are not begun, and ended where they are. */
  async wishCancelled(batch: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#client.sadd(this.#keys(batch).cancelling, ...ids);
  }

  /** Which of the jobs are to be ended. */
  async cancelled<Job extends JobName>(jobs: readonly Job[]): Promise<readonly Job[]> {
    const asked = await Promise.all(
      jobs.map(({ id, batch }) => this.#client.sismember(this.#keys(batch).cancelling, id)),
    );
    return jobs.filter((_, index) => asked[index] === 1);
  }

  /** The key of the stream of ends. */
  endsKey(batch: string): string {
    return this.#keys(batch).ends;
  }

  #keys(batch: string) {
    const key = (part: string): string => `${this.#prefix}:batch:${batch}:${part}`;
    return {
      jobs: key('jobs'),
      numbers: key('numbers'),
      active: key('active'),
      parked: key('parked'),
      cancelling: key('cancelling'),
      ends: key('ends'),
    } as const;
  }

  #run(script: string, batch: string, values: readonly (string | number)[]): Promise<unknown> {
    const keys = Object.values(this.#keys(batch));
    return this.#client.eval(script, keys.length, ...keys, ...values);
  }
}
