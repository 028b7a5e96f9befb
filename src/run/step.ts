import type { OnceValues, SeatValues, StoredEvent } from '../domain/event.ts';
import type { History } from '../domain/history.ts';
import type { SeatId } from '../domain/plan.ts';

/** A row of a list, known by its seat. */
export type SeatRow = { readonly seat: SeatId } | { readonly id: SeatId };

/** The work of a run, piece by piece: replayed where the history holds it, else done and then appended. */
export interface Step {
  /** Does a piece of work that a run has once. */
  once<T extends keyof OnceValues>(
    type: T,
    make: () => OnceValues[T] | Promise<OnceValues[T]>,
  ): Promise<OnceValues[T]>;
  /** Does a piece of work for each row, all at the same time; one row in, one row out, in the same order. */
  each<T extends keyof SeatValues, Row extends SeatRow>(
    type: T,
    rows: readonly Row[],
    make: (row: Row) => SeatValues[T] | Promise<SeatValues[T]>,
  ): Promise<readonly SeatValues[T][]>;
  /** The seats for which the run had done a piece of work before it was gone on with, in the order of being done. */
  doneBefore(type: keyof SeatValues): readonly SeatId[];
}

/**
 * Makes the steps of one run. `record` is told an event only when it cannot be lost any more. A crash before
 * an append repeats that one piece of work and nothing else; a piece that is wanted again is not done again.
 */
export function stepsOf(history: History, record: (event: StoredEvent) => void): Step {
  const known = new Map(history.past.map((event) => [keyOf(event), Promise.resolve(event)]));
  const doAndKeep = async (make: () => Promise<StoredEvent>): Promise<StoredEvent> => {
    const event = await make();
    await history.append(event);
    record(event);
    return event;
  };
  const perform = (key: string, make: () => Promise<StoredEvent>): Promise<StoredEvent> => {
    const begun = known.get(key) ?? doAndKeep(make);
    known.set(key, begun);
    return begun;
  };
  // The key holds the type of an event and the type decides its value, which the compiler cannot follow.
  return {
    once: async (type, make) => {
      const done = async () => ({ type, value: await make() }) as StoredEvent;
      return valueIn(await perform(type, done));
    },
    each: (type, rows, make) =>
      Promise.all(
        rows.map(async (row) => {
          const seat = 'seat' in row ? row.seat : row.id;
          const done = async () => ({ type, seat, value: await make(row) }) as StoredEvent;
          return valueIn(await perform(`${type} ${seat}`, done));
        }),
      ),
    doneBefore: (type) =>
      history.past.flatMap((event) => ('seat' in event && event.type === type ? event.seat : [])),
  };
}

function keyOf(event: StoredEvent): string {
  return 'seat' in event ? `${event.type} ${event.seat}` : event.type;
}

function valueIn<Value>(event: StoredEvent): Value {
  return (event as unknown as { readonly value: Value }).value;
}
