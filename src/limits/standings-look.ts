import type { Clock } from '../domain/clock.ts';
import type { SharedLimits, Standing } from '../domain/shared-limits.ts';

/** Milliseconds for which what was read of the shared limits is used again. */
const maxAgeMs = 1000;

/** What is remembered, as this process knows it. */
export interface StandingsLook {
  /** Reads what is remembered where that was not done in the last second. */
  refresh(): Promise<void>;
  /** As it was read or changed last. */
  of(key: string): Standing;
  /** Changes it for all processes. */
  change(key: string, make: (before: Standing) => Standing): Promise<Standing>;
}

/** Looks into shared limits no more than once a second. */
export function standingsLook(shared: SharedLimits, clock: Clock): StandingsLook {
  let known: ReadonlyMap<string, Standing> = new Map();
  let readAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    try {
      known = await shared.standings();
      readAtMs = clock.elapsed();
    } finally {
      reading = undefined;
    }
  };
  return {
    refresh: async () => {
      if (clock.elapsed() - readAtMs < maxAgeMs) return;
      reading ??= read();
      await reading;
    },
    of: (key) => known.get(key) ?? nothing,
    change: async (key, make) => {
      const after = await shared.change(key, make);
      known = new Map([...known, [key, after]]);
      return after;
    },
  };
}

const nothing: Standing = {};
