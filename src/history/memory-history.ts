import type { StoredEvent } from '../domain/event.ts';
import type { History } from '../domain/history.ts';

/** A history that a test can look into. */
export interface MemoryHistory extends History {
  /** Everything known of the run: the past, then what was appended. */
  readonly events: readonly StoredEvent[];
}

/** Makes a history that lasts as long as the process; `past` makes a run go on from there. */
export function memoryHistory(past: readonly StoredEvent[] = []): MemoryHistory {
  const events = [...past];
  return {
    past: [...past],
    events,
    append: async (event) => {
      events.push(event);
    },
  };
}
