/** The time of the server, whatever the clock of this machine says. */
export interface ServerClock {
  /** Learns that it is this late on the server, or later, in milliseconds since the epoch. */
  readonly hear: (atMs: number) => void;
  /** Milliseconds since the epoch; since `ticks` began before anything was heard. */
  readonly now: () => number;
}

/**
 * Makes a clock that goes by the steady `ticks`, in milliseconds. What is heard is late by its way here, so the
 * latest of it says best what time it is.
 */
export function serverClock(ticks: () => number): ServerClock {
  let aheadMs: number | undefined;
  return {
    hear: (atMs) => {
      if (!Number.isFinite(atMs)) return;
      const heardMs = atMs - ticks();
      aheadMs = Math.max(aheadMs ?? heardMs, heardMs);
    },
    now: () => ticks() + (aheadMs ?? 0),
  };
}
