import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Engine, JobEnd, PerformJob, RunJob } from '../domain/engine.ts';
import { task } from './builders.ts';

/** A job of a batch, whose task says what is done with it. */
export function jobOf(id: string, change: Partial<RunJob> = {}): RunJob {
  return { id, batch: 'b', position: 1, task: task('quick'), ...change };
}

/** The jobs of a batch in their places, named after it: `b1`, `b2`. */
export function jobsOf(batch: string, count: number): readonly RunJob[] {
  const places = Array.from({ length: count }, (_, index) => index + 1);
  return places.map((position) => jobOf(`${batch}${position}`, { batch, position }));
}

/** Submits jobs without waiting for room between them; resolves when all are taken. */
export async function submitAll(engine: Engine, jobs: readonly RunJob[]): Promise<void> {
  await Promise.all(jobs.map((job) => engine.submit(job)));
}

/** What the workers of a case did. */
export interface Work {
  /** Ids in the order in which they were begun, once for each time. */
  readonly begun: readonly string[];
  /** The most that went on at once. */
  most(): number;
  readonly perform: PerformJob;
  /** Lets the jobs that wait, and all later ones, come to their end. */
  open(): void;
  /** Resolves when so many have begun. */
  begunAtLeast(count: number): Promise<void>;
}

/**
 * Makes work that ends at once, or when `open` is called for a job whose task is `gated`; one whose task is `fails` is
 * rejected. A signal ends a gated one with a rejection.
 */
export function countedWork(): Work {
  const begun: string[] = [];
  const gate = Promise.withResolvers<void>();
  const waiting = new Set<() => void>();
  let inside = 0;
  let most = 0;
  const perform: PerformJob = async (job, signal) => {
    begun.push(job.id);
    inside += 1;
    most = Math.max(most, inside);
    for (const look of waiting) look();
    try {
      await performOne(job, gate.promise, signal);
    } finally {
      inside -= 1;
    }
  };
  return {
    begun,
    most: () => most,
    perform,
    open: () => gate.resolve(),
    begunAtLeast: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (begun.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

async function performOne(
  { task: { text } }: RunJob,
  gate: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (text === 'fails') throw new Error('It cannot be done');
  if (text === 'gated') await Promise.race([gate, rejectedBy(signal)]);
}

async function rejectedBy(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new Error('It was ended before its end');
}

/** The ends of a batch as they are told. */
export interface Ends {
  readonly list: readonly JobEnd[];
  /** Resolves when so many were told. */
  atLeast(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Follows a batch. */
export async function endsOf(engine: Engine, batch: string): Promise<Ends> {
  const list: JobEnd[] = [];
  const waiting = new Set<() => void>();
  const stop = await engine.follow(batch, (end) => {
    list.push(end);
    for (const look of waiting) look();
  });
  return {
    list,
    stop,
    atLeast: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (list.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/**
 * What a worker process performs: it writes `begun ID` as a line, waits for its signal where the task is `hangs`, and
 * writes `ended ID`.
 */
export function tellingPerform(output: Writable): PerformJob {
  return async ({ id, task: { text } }, signal) => {
    output.write(`begun ${id}\n`);
    if (text === 'hangs') await rejectedBy(signal);
    output.write(`ended ${id}\n`);
  };
}
