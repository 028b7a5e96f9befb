import type { Clock } from '../domain/clock.ts';
import type { HistoryStore } from '../domain/history.ts';

/** What goes on removing until it is told to stop. */
export interface Removing {
  /** Resolves when the part that was begun is done. */
  stop(): Promise<void>;
}

/** Runs of one part: other processes and the run of this one wait no longer than for these. */
const partSize = 5;

/** Parts of one opening, so that a history whose rule is new holds up nothing: the following ones do the rest. */
const partsMaxCount = 20;

/** Milliseconds between two parts. */
const pauseMs = 100;

/** Removes runs that began before a time, a few after each other beside everything else; never rejects. */
export function removeOlder(store: HistoryStore, beforeMs: number, clock: Clock): Removing {
  const stopping = new AbortController();
  const { signal } = stopping;
  // A history that cannot be written is noticed by what is to be kept next.
  const done = removeInParts(store, beforeMs, { clock, signal }).catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function removeInParts(
  store: HistoryStore,
  beforeMs: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  for (let part = 0; part < partsMaxCount; part += 1) {
    const old = await store.list({ beforeMs, limit: partSize });
    const removed = await store.remove(old.map(({ id }) => id));
    if (removed.length === 0) return;
    await clock.sleep(pauseMs, signal);
    if (signal.aborted) return;
  }
}
