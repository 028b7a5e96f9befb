import { useEffect, useReducer } from 'react';
import type { ServerClock } from '../api/server-clock.ts';

/** Milliseconds between two looks at the clock. */
const paceMs = 250;

/** The time of the server in milliseconds since the epoch, which is looked at again and again while `isRunning`. */
export function useNow(clock: ServerClock, isRunning: boolean): number {
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(look, paceMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  // Not kept from the last look: what is shown beside it can be an event that came since.
  return clock.now();
}
