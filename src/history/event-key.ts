import type { StoredEvent } from '../domain/event.ts';

/** Names an event within its run, which has it once; null for what it can have several times. */
export function eventKey(event: StoredEvent): string | null {
  if (event.type === 'run-resumed') return null;
  return 'seat' in event ? `${event.type} ${event.seat}` : event.type;
}
