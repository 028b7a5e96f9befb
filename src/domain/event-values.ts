import type { OnceValues, SeatValues, StoredEvent } from './event.ts';
import type { SeatId } from './plan.ts';

/** The value of the event that a run has once; undefined while it is not there. */
export function onceValue<T extends keyof OnceValues>(
  events: readonly StoredEvent[],
  type: T,
): OnceValues[T] | undefined {
  const event = events.find((each) => each.type === type);
  // The type of an event decides the type of its value.
  return event && 'value' in event ? (event.value as OnceValues[T]) : undefined;
}

/** The values of the events that a run has for each seat, in the order in which they came. */
export function seatValues<T extends keyof SeatValues>(
  events: readonly StoredEvent[],
  type: T,
): ReadonlyMap<SeatId, SeatValues[T]> {
  const rows = new Map<SeatId, SeatValues[T]>();
  for (const event of events) {
    // As above.
    if (event.type === type && 'seat' in event) rows.set(event.seat, event.value as SeatValues[T]);
  }
  return rows;
}
