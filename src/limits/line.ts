import type { Clock } from '../domain/clock.ts';

/** What came of trying to give one who waits its turn. */
export type Turn<Result> =
  | { readonly status: 'given'; readonly result: Result }
  | {
      readonly status: 'later';
      /** Whether it is in nobody's way but of those in the same lane. */
      readonly lane: boolean;
      /** Milliseconds before which trying again is in vain; 0 where that cannot be known. */
      readonly retryMs: number;
    };

/** How a line is served. */
export interface LineParts<Wish, Result> {
  readonly clock: Clock;
  /** Those of one lane are served in order, and a lane may have to wait while others go on. */
  readonly laneOf: (wish: Wish) => string;
  /** Never rejects. */
  readonly serve: (wish: Wish) => Promise<Turn<Result>>;
  /** Takes back what was given to one who has left in the meantime. */
  readonly takeBack: (result: Result) => void;
}

/** Those who wait, first come, first served. */
export interface Line<Wish, Result> {
  readonly isEmpty: boolean;
  /** Resolves when it is served, or to undefined when the signal aborts before. */
  enter(wish: Wish, signal: AbortSignal): Promise<Result | undefined>;
  /** Tries again at once: something has come free. */
  nudge(): void;
}

/** Milliseconds between two tries: the first, doubled up to the last, while nobody is served. */
const firstPollMs = 5;
const lastPollMs = 50;

/** Milliseconds after which it is tried again in any case, so that other processes see who waits. */
const maxWaitMs = 250;

interface Waiter<Wish, Result> {
  readonly wish: Wish;
  readonly resolve: (result: Result | undefined) => void;
  isGone: boolean;
}

/** Makes a line of this process, in which only those try for a turn who have nobody of their lane before them. */
export function line<Wish, Result>(parts: LineParts<Wish, Result>): Line<Wish, Result> {
  const waiting = new Set<Waiter<Wish, Result>>();
  let isServing = false;
  let rest = new AbortController();

  const serveAll = async (): Promise<void> => {
    isServing = true;
    for (let idle = 0; waiting.size > 0; idle++) {
      rest = new AbortController();
      const { served, retryMs } = await pass(waiting, parts);
      if (served) idle = 0;
      if (waiting.size === 0) break;
      const pollMs = Math.min(lastPollMs, firstPollMs * 2 ** idle);
      await parts.clock.sleep(Math.min(maxWaitMs, Math.max(retryMs, pollMs)), rest.signal);
    }
    isServing = false;
  };
  return {
    get isEmpty() {
      return waiting.size === 0;
    },
    enter: (wish, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(undefined);
        const leave = (): void => {
          waiter.isGone = true;
          waiting.delete(waiter);
          rest.abort();
          resolve(undefined);
        };
        const waiter: Waiter<Wish, Result> = {
          wish,
          isGone: false,
          resolve: (result) => {
            signal.removeEventListener('abort', leave);
            resolve(result);
          },
        };
        waiting.add(waiter);
        signal.addEventListener('abort', leave, { once: true });
        if (isServing) rest.abort();
        else void serveAll();
      }),
    nudge: () => {
      if (waiting.size > 0) rest.abort();
    },
  };
}

interface Passed {
  readonly served: boolean;
  /** Milliseconds until the first may be served. */
  readonly retryMs: number;
}

async function pass<Wish, Result>(
  waiting: Set<Waiter<Wish, Result>>,
  parts: LineParts<Wish, Result>,
): Promise<Passed> {
  const blocked = new Set<string>();
  let retryMs = Number.POSITIVE_INFINITY;
  let served = false;
  for (const waiter of waiting) {
    const lane = parts.laneOf(waiter.wish);
    if (blocked.has(lane)) continue;
    const turn = await parts.serve(waiter.wish);
    if (turn.status === 'later') {
      retryMs = Math.min(retryMs, turn.retryMs);
      if (!turn.lane) break;
      blocked.add(lane);
    } else {
      served = true;
      waiting.delete(waiter);
      hand(waiter, turn.result, parts);
    }
  }
  return { served, retryMs };
}

function hand<Wish, Result>(
  waiter: Waiter<Wish, Result>,
  result: Result,
  { takeBack }: LineParts<Wish, Result>,
): void {
  if (waiter.isGone) takeBack(result);
  else waiter.resolve(result);
}
