import type { Redis } from 'ioredis';
import type { JobEnd } from '../../domain/engine.ts';
import { patientConnection } from './connect-redis.ts';

/** How many ends are read at once. */
const readMaxCount = 500;

/** Milliseconds that one reading waits for the next end. */
const waitMs = 5_000;

/** What is followed. */
export interface Followed {
  readonly batch: string;
  /** The key of its stream of ends. */
  readonly key: string;
}

/**
 * Tells every end of a stream once, in its order; returns what stops it. Of what was told only the place in the stream
 * is held, and after a lost connection it goes on there.
 */
export async function followEnds(
  client: Redis,
  { batch, key }: Followed,
  onEnd: (end: JobEnd) => void,
): Promise<() => Promise<void>> {
  const reader = await patientConnection(client);
  let isStopped = false;
  let last = '0-0';
  const tell = (entries: readonly (readonly [string, readonly string[]])[]): number => {
    for (const [entry, fields] of entries) {
      if (isStopped) break;
      last = entry;
      onEnd(endOf(batch, fields));
    }
    return entries.length;
  };
  const readNext = async (): Promise<void> => {
    const found = await reader.xread('COUNT', readMaxCount, 'BLOCK', waitMs, 'STREAMS', key, last);
    tell(found?.[0]?.[1] ?? []);
  };
  // Whoever submits a job again tells its new end from the one of before.
  while (tell(await reader.xrange(key, `(${last}`, '+', 'COUNT', readMaxCount)) > 0);
  const reading = (async () => {
    // An error of one reading, as of a Redis that is loading its data, says nothing of the next one.
    while (!isStopped) await readNext().catch(() => undefined);
  })();
  return async () => {
    isStopped = true;
    reader.disconnect();
    await reading;
  };
}

/** Reads what the script of the ends has written. */
function endOf(batch: string, fields: readonly string[]): JobEnd {
  const [, id = '', , position, , status, , message = '', , kept] = fields;
  const job = { id, batch, position: Number(position) };
  if (status === 'failed') {
    return { ...job, status, message, ...(kept === 'over-budget' && { isOverBudget: true }) };
  }
  return { ...job, status: status === 'cancelled' ? status : 'done' };
}
