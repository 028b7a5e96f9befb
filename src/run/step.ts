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

/** What a model is asked for: it is paid, and others hear of it. */
const calls: ReadonlySet<string> = new Set<keyof SeatValues>([
  'attempt-ended',
  'tests-ended',
  'inputs-ended',
  'judgement-ended',
  'rejudgement-ended',
  'merge-ended',
  'reattempt-ended',
]);

/**
 * Makes the steps of one run. `record` is told an event only when it cannot be lost any more. A model is asked
 * once nothing can be lost any more that led to it, and what follows from its answer is done once that cannot be;
 * work of this machine goes on meanwhile, as it comes out the same when it is done again. A piece of work that is
 * wanted again is not done again.
 */
export function stepsOf(history: History, record: (event: StoredEvent) => void): Step {
  const known = new Map(history.past.map((event) => [keyOf(event), Promise.resolve(event)]));
  let keeping: Promise<unknown> = Promise.resolve();
  const keep = (event: StoredEvent): Promise<void> => {
    const kept = history.append(event).then(() => record(event));
    keeping = Promise.all([keeping, kept]);
    // Whoever waits for it next hears of a failure.
    keeping.catch(() => undefined);
    return kept;
  };
  const doAndKeep = async (key: string, make: () => Promise<StoredEvent>) => {
    const isCall = calls.has(key.split(' ', 1)[0] ?? '');
    if (isCall) await keeping;
    const event = await make();
    const kept = keep(event);
    if (isCall) await kept;
    return event;
  };
  const perform = (key: string, make: () => Promise<StoredEvent>): Promise<StoredEvent> => {
    const begun = known.get(key) ?? doAndKeep(key, make);
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
