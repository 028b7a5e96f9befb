import type { Clock } from '../domain/clock.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Progress } from '../domain/runner.ts';

/** Milliseconds that a runner has to clean up after an abort before it is waited for no longer. */
const settleGraceMs = 800;

/** What ends a request from outside. */
export interface WatchLimits {
  /** Milliseconds until the seat's time is up. */
  readonly limitMs: number;
  /** Milliseconds without a sign of life, counted from the first text: a model may think for long before it. */
  readonly stallMs: number;
  /** Cancels the whole run. */
  readonly cancel: AbortSignal;
  readonly clock: Clock;
}

/** Watches one request. */
export interface Watch extends Disposable {
  /** Aborts on cancellation, at the end of the time, or when the stream stalls; its reason is the failure. */
  readonly signal: AbortSignal;
  /** Why the signal aborted; undefined while it has not. */
  cause(): AttemptFailure | undefined;
  /** Ends the request for a reason that only its sender knows. */
  end(failure: AttemptFailure): void;
  /** Holds the stall clock back; text also starts it. */
  alive(sign: Progress['type']): void;
  /** Resolves when the request has had its time to clean up after an abort. */
  readonly givenUp: Promise<AttemptFailure>;
}

/** Starts the clocks of one request. */
export function watch({ limitMs, stallMs, cancel, clock }: WatchLimits): Watch {
  const controller = new AbortController();
  const givenUp = Promise.withResolvers<AttemptFailure>();
  const timers: (() => void)[] = [];
  const after = (durationMs: number, call: () => void): void => {
    timers.push(clock.after(durationMs, call));
  };
  let cause: AttemptFailure | undefined;
  let lastSignMs: number | undefined;

  const end = (failure: AttemptFailure): void => {
    if (cause) return;
    cause = failure;
    controller.abort(failure);
    after(settleGraceMs, () => givenUp.resolve(failure));
  };
  const cancelled = (): void => end({ kind: 'cancelled', message: 'Cancelled' });
  // One timer that is set again when it rings early: a timer for each token would cost more than the token.
  const checkStall = (): void => {
    const idleMs = clock.elapsed() - (lastSignMs ?? 0);
    if (idleMs >= stallMs) end(stalled(stallMs));
    else after(stallMs - idleMs, checkStall);
  };

  after(limitMs, () => end(timedOut(limitMs)));
  cancel.addEventListener('abort', cancelled, { once: true });
  if (cancel.aborted) cancelled();
  return {
    signal: controller.signal,
    cause: () => cause,
    end,
    alive: (sign) => {
      if (lastSignMs === undefined && sign !== 'text') return;
      if (lastSignMs === undefined) after(stallMs, checkStall);
      lastSignMs = clock.elapsed();
    },
    givenUp: givenUp.promise,
    [Symbol.dispose]: () => {
      cancel.removeEventListener('abort', cancelled);
      for (const stop of timers) stop();
    },
  };
}

function timedOut(limitMs: number): AttemptFailure {
  return { kind: 'timed-out', message: `No whole answer within ${seconds(limitMs)}` };
}

function stalled(stallMs: number): AttemptFailure {
  return { kind: 'stalled', message: `No sign of life for ${seconds(stallMs)}` };
}

function seconds(durationMs: number): string {
  return `${Math.round(durationMs / 100) / 10} s`;
}
