/** Signals that ask a program to end. */
export interface EndingSignals extends Disposable {
  /** Resolves at the first signal. */
  readonly first: Promise<void>;
  /** Aborts at the second. */
  readonly second: AbortSignal;
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for SIGINT, SIGTERM or SIGHUP in place of being ended by it. */
export function untilSignal(): EndingSignals {
  const first = Promise.withResolvers<void>();
  const second = new AbortController();
  let heard = 0;
  const hear = (): void => {
    heard += 1;
    if (heard === 1) first.resolve();
    else second.abort();
  };
  for (const name of names) process.on(name, hear);
  return {
    first: first.promise,
    second: second.signal,
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, hear);
    },
  };
}
