import type { StoredEvent } from '../domain/event.ts';
import type { History } from '../domain/history.ts';

/** A history that lasts as long as the process; `past` makes a run go on from there. */
export function memoryHistory(past: readonly StoredEvent[] = []): History & {
  readonly events: readonly StoredEvent[];
} {
  const events = [...past];
  return {
    past: [...past],
    events,
    append: async (event) => {
      events.push(event);
    },
  };
}
