import { Worker } from 'bullmq';
import type { Clock } from '../../domain/clock.ts';
import type { EngineWorker, PerformJob, RunJob } from '../../domain/engine.ts';
import { BatchRecords } from './batch-records.ts';
import { patientConnection } from './connect-redis.ts';
import { JobHands } from './job-hands.ts';
import { jobQueue, type QueuePlace, queueName } from './job-queue.ts';
import { workerName } from './worker-name.ts';

/** What a worker needs besides what it performs. */
export interface WorkParts extends QueuePlace {
  readonly clock: Clock;
  readonly onNotice: (line: string) => void;
  /** Milliseconds without a sign of life after which a worker is taken for dead. */
  readonly lockMs: number;
  readonly concurrency: number;
}

/** Milliseconds between two looks for jobs that are to be ended. */
const lookMs = 500;

/** Milliseconds for giving jobs back when a worker has to leave at once, as while Redis cannot be reached. */
const leaveMaxMs = 5_000;

/** How many signs of life a worker gives in the time after which it would be taken for dead. */
const signsOfLife = 4;

/** Begins to perform the jobs of the queue; resolves when it can take the first one. */
export async function workOnJobs(perform: PerformJob, parts: WorkParts): Promise<EngineWorker> {
  const { clock, concurrency, keepsKeys, lockMs, onNotice, prefix } = parts;
  const client = await patientConnection(parts.client);
  const records = new BatchRecords(client, prefix);
  const queue = jobQueue({ client, keepsKeys, prefix });
  const hands = new JobHands(perform, { records, queue, clock });
  const worker = new Worker<RunJob>(queueName, (job, token) => hands.take(job, token), {
    name: workerName(),
    connection: client,
    prefix,
    concurrency,
    lockDuration: lockMs,
    lockRenewTime: lockMs / signsOfLife,
    stalledInterval: lockMs / signsOfLife,
    // How often a job may outlive its worker is decided where its end is kept.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    skipVersionCheck: !keepsKeys,
  });
  queue.on('error', () => undefined);
  worker.on('error', (error) => {
    if (!isOutage(error)) onNotice(`The queue says: ${error.message}`);
  });
  await worker.waitUntilReady();
  const stopLooking = repeatedly(clock, () => hands.endCancelled());
  let isGone = false;
  return {
    drain: async (signal) => {
      if (isGone) return;
      await drained(worker, hands, { signal, clock });
      stopLooking();
      await queue.close();
      client.disconnect();
      isGone = true;
    },
  };
}

interface Leaving {
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** Lets the jobs in hand end, or gives them back after the signal. */
async function drained(worker: Worker, hands: JobHands, { signal, clock }: Leaving): Promise<void> {
  const late = Promise.withResolvers<void>();
  let cancel = (): void => undefined;
  const leave = (): void => {
    hands.leave();
    cancel = clock.after(leaveMaxMs, late.resolve);
  };
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true });
  // What waits for a Redis that is gone never ends, and cannot be told to.
  await Promise.race([worker.close(), late.promise]);
  signal.removeEventListener('abort', leave);
  cancel();
}

/** Does something again and again, each time a while after it was done; returns what stops it. */
function repeatedly(clock: Clock, work: () => Promise<void>): () => void {
  let cancel = (): void => undefined;
  let isStopped = false;
  const plan = (): void => {
    if (!isStopped) cancel = clock.after(lookMs, () => void workOnce());
  };
  const workOnce = async (): Promise<void> => {
    await work().catch(() => undefined);
    plan();
  };
  plan();
  return () => {
    isStopped = true;
    cancel();
  };
}

/** Outages are told by the connection, once. */
function isOutage(error: Error): boolean {
  return 'code' in error || /connection/i.test(error.message);
}
