import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../domain/clock.ts';

/** A clock whose time passes when a test says so. */
export interface VirtualClock extends Clock {
  /** Moves the time on, rings each timer at its own moment, and lets what it wakes go on before the next. */
  advance(durationMs: number): Promise<void>;
  /** How many timers and sleepers wait. */
  readonly waiting: number;
}

/** How a virtual clock runs. */
export interface VirtualClockOptions {
  /** Milliseconds since the epoch at the start. */
  readonly startMs?: number;
  /**
   * Jumps to the next timer whenever nothing else is left to do, so that retries and timeouts take no real
   * time. Only for work that waits on this clock alone: a real process or socket would always be too late.
   */
  readonly auto?: boolean;
}

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

/**
 * Makes a clock that stands still until `advance()`, or that runs by itself with `auto`.
 *
 * @example
 * ```ts
 * const clock = virtualClock();
 * const slept = clock.sleep(60_000, signal);
 * await clock.advance(60_000);
 * await slept;
 * ```
 */
export function virtualClock({
  startMs = 0,
  auto = false,
}: VirtualClockOptions = {}): VirtualClock {
  const timers = new Set<Timer>();
  let elapsedMs = 0;
  let driving = false;

  const ringNext = (untilMs: number): boolean => {
    const next = earliest(timers);
    if (!next || next.atMs > untilMs) return false;
    elapsedMs = Math.max(elapsedMs, next.atMs);
    timers.delete(next);
    next.ring();
    return true;
  };
  const ringAll = async (untilMs: number): Promise<void> => {
    do await everythingElse();
    while (ringNext(untilMs));
  };
  const drive = async (): Promise<void> => {
    if (driving) return;
    driving = true;
    await ringAll(Number.POSITIVE_INFINITY);
    driving = false;
  };
  const after: Clock['after'] = (durationMs, call) => {
    const timer = { atMs: elapsedMs + Math.max(0, durationMs), ring: call };
    timers.add(timer);
    if (auto) void drive();
    return () => timers.delete(timer);
  };
  return {
    now: () => startMs + elapsedMs,
    elapsed: () => elapsedMs,
    after,
    sleep: (durationMs, signal) => sleepOn(after, durationMs, signal),
    advance: async (durationMs) => {
      const untilMs = elapsedMs + durationMs;
      await ringAll(untilMs);
      elapsedMs = untilMs;
    },
    get waiting() {
      return timers.size;
    },
  };
}

/** The first of the earliest: timers of one moment ring in the order in which they were set. */
function earliest(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (!first || timer.atMs < first.atMs) first = timer;
  return first;
}

// Every promise that can go on has gone on before the event loop comes to its next turn.
function everythingElse(): Promise<void> {
  return setImmediate();
}

function sleepOn(after: Clock['after'], durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = (): void => {
      stop();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const stop = after(durationMs, wake);
    signal.addEventListener('abort', wake);
  });
}
