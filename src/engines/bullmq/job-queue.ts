import { type Job, Queue } from 'bullmq';
import type { RunJob } from '../../domain/engine.ts';
import type { RedisConnection } from './connect-redis.ts';

/** The queue of all runs, as dashboards name it. */
export const queueName = 'runs';

/** The largest number that the queue takes as a priority; later places share it. */
const lastPriority = 2_097_151;

/** The jobs that dashboards still show after their end; what came of them is in the history. */
const keptDone = { count: 1_000, age: 86_400 } as const;
const keptFailed = { count: 1_000, age: 7 * 86_400 } as const;

/** About how many of the queue's own events are kept, which only dashboards read. */
const eventsMaxCount = 1_000;

/** What tells a queue where it is. */
export interface QueuePlace extends Pick<RedisConnection, 'client' | 'keepsKeys'> {
  readonly prefix: string;
}

/** Opens the queue of all runs. */
export function jobQueue({ client, keepsKeys, prefix }: QueuePlace): Queue<RunJob> {
  return new Queue<RunJob>(queueName, {
    connection: client,
    prefix,
    streams: { events: { maxLen: eventsMaxCount } },
    // It would tell what has been told, on the console and once for each connection.
    skipVersionCheck: !keepsKeys,
  });
}

/** Puts a job into the queue, unless it is there. */
export async function putJob(queue: Queue<RunJob>, job: RunJob): Promise<void> {
  await queue.add(`${job.batch} ${job.position}`, job, {
    jobId: queueId(job.id),
    priority: Math.min(Math.max(job.position, 1), lastPriority),
    removeOnComplete: keptDone,
    removeOnFail: keptFailed,
  });
}

/** Lets a job that was held back have its turn; one that was not stays where it is. */
export async function promoteJob(queue: Queue<RunJob>, id: string): Promise<void> {
  const job: Job<RunJob> | undefined = await queue.getJob(queueId(id));
  if (job && (await job.isDelayed())) await job.promote().catch(isThere(job));
}

/** The id of a job in the queue, which takes neither colons nor plain numbers. */
export function queueId(id: string): string {
  return `run-${encodeURIComponent(id)}`;
}

/** Somebody else can have promoted it a moment before. */
function isThere(job: Job<RunJob>): (error: unknown) => Promise<void> {
  return async (error) => {
    if (await job.isDelayed()) throw error;
  };
}
