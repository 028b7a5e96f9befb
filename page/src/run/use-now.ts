import { useEffect, useState } from 'react';
import type { ServerClock } from '../api/server-clock.ts';

/** Milliseconds between two looks at the clock. */
const paceMs = 250;

/** The time of the server in milliseconds since the epoch, which moves while `isRunning`. */
export function useNow(clock: ServerClock, isRunning: boolean): number {
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(clock.now()), paceMs);
    return () => clearInterval(timer);
  }, [clock, isRunning]);
  return now;
}
