import { performance } from 'node:perf_hooks';
import type { Clock } from '../domain/clock.ts';

/** The clock of the machine. */
export const realClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, durationMs);
      signal.addEventListener('abort', wake);
    }),
  after: (durationMs, call) => {
    const timer = setTimeout(call, durationMs);
    return () => clearTimeout(timer);
  },
};
