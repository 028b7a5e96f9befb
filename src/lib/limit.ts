/** Lets a bounded number of pieces of work go on at once, first come, first served. */
export interface Limit {
  /** Resolves to a release function when there is room, or to undefined when the signal aborts before. */
  enter(signal: AbortSignal): Promise<(() => void) | undefined>;
}

/** Makes a limit of `most` at once; `Infinity` never waits. */
export function limit(most: number): Limit {
  let inside = 0;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    inside -= 1;
    waiting.shift()?.();
  };
  const admit = (): (() => void) => {
    inside += 1;
    return release;
  };
  return {
    enter: async (signal) => {
      if (signal.aborted) return undefined;
      if (inside < most && waiting.length === 0) return admit();
      return new Promise((resolve) => {
        const giveUp = (): void => {
          waiting.splice(waiting.indexOf(enterNow), 1);
          resolve(undefined);
        };
        const enterNow = (): void => {
          signal.removeEventListener('abort', giveUp);
          resolve(admit());
        };
        waiting.push(enterNow);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
