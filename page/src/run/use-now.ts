import { useEffect, useState } from 'react';

/** Milliseconds between two looks at the clock. */
const paceMs = 250;

/** The time in milliseconds since the epoch, which moves while `isRunning`. */
export function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), paceMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
