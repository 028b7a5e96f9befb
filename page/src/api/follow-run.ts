import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Told } from '../../../src/serve/told.ts';
import { RequestError, send } from './request.ts';

/** Milliseconds before a lost connection is opened again, by how often it was lost in a row. */
const waits = [300, 1000, 3000, 8000] as const;

/** Whether what is told arrives. */
export type Connection = 'open' | 'lost';

/** Who is told. */
export interface Follower {
  readonly onTold: (told: Told) => void;
  /** Called with the server's time, in milliseconds since the epoch; it may be a second late. */
  readonly onTime: (atMs: number) => void;
  readonly onConnection: (connection: Connection) => void;
}

/**
 * Follows a run from its beginning to its end, and goes on where it was when the connection is lost. Rejects with
 * {@link RequestError} where the server does not know the run.
 */
export async function followRun(
  id: string,
  follower: Follower,
  signal: AbortSignal,
): Promise<void> {
  const place: Place = { last: undefined, lost: 0 };
  while (!signal.aborted) {
    try {
      if (await followOnce(id, { place, follower, signal })) return;
    } catch (error) {
      if (signal.aborted) return;
      if (isFinal(error)) throw error;
    }
    follower.onConnection('lost');
    await pause(waits[Math.min(place.lost, waits.length - 1)] ?? waits[0], signal);
    place.lost += 1;
  }
}

/** How far a run was told. */
interface Place {
  last: string | undefined;
  /** How often in a row the connection was lost. */
  lost: number;
}

interface Following {
  readonly place: Place;
  readonly follower: Follower;
  readonly signal: AbortSignal;
}

/** Follows until the connection ends; whether that was the end of the run. */
async function followOnce(id: string, { place, follower, signal }: Following): Promise<boolean> {
  for await (const told of eventsOf(id, { place, follower, signal })) {
    if (place.lost > 0) follower.onConnection('open');
    place.lost = 0;
    if (told.type === 'event') {
      place.last = told.id;
      follower.onTime(told.event.atMs);
    }
    if (told.type === 'reset') place.last = undefined;
    follower.onTold(told);
    if (told.type === 'end') return true;
  }
  return false;
}

async function* eventsOf(
  id: string,
  { place: { last }, follower, signal }: Following,
): AsyncGenerator<Told> {
  const path = `/api/runs/${encodeURIComponent(id)}/events`;
  const headers = last === undefined ? {} : { 'last-event-id': last };
  const response = await send(path, { headers, signal });
  follower.onTime(Date.parse(response.headers.get('date') ?? ''));
  const reader = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) return;
    const { event, data, id: at } = next.value;
    // The server tells nothing but these, each with the data of its type.
    yield { ...JSON.parse(data), type: event, ...(at !== undefined && { id: at }) } as Told;
  }
}

/** What asking again would not change. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    error.status >= 400 &&
    error.status < 500 &&
    error.status !== 429
  );
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, durationMs);
  const end = (): void => {
    clearTimeout(timer);
    resolve();
  };
  signal.addEventListener('abort', end, { once: true });
  return promise;
}
