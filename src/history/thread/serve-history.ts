import { createBirpc } from 'birpc';
import type { HeldRun, Taking } from '../../domain/history.ts';
import type { Booked, Booking } from '../../domain/ledger.ts';
import type { LocalHistory } from '../local-history.ts';
import type { BookedHandle, HistoryCalls, RunHandle, TakenHandle } from './history-calls.ts';
import { portChannel, type ThreadPort } from './port-channel.ts';

/** Lets another thread use a history that is opened in this one. */
export function serveHistory(port: ThreadPort, open: () => LocalHistory): void {
  let opened: LocalHistory | undefined;
  const store = (): LocalHistory => {
    opened ??= open();
    return opened;
  };
  const calls: HistoryCalls = {
    open: async () => void store(),
    ...callsOfRuns(store),
    ...callsOfLedger(store),
    events: (id) => store().events(id),
    list: (query) => store().list(query),
    credits: (query) => store().credits(query),
    idsFrom: (prefix, limit) => store().idsFrom(prefix, limit),
    remove: (ids) => store().remove(ids),
    close: async () => opened?.close(),
  };
  createBirpc(calls, { ...portChannel(port), timeout: -1 });
}

type RunCalls = Pick<HistoryCalls, 'begin' | 'enter' | 'take' | 'append' | 'renew' | 'release'>;

function callsOfRuns(store: () => LocalHistory): RunCalls {
  const runs = handles<HeldRun>();
  const handleOf = (run: HeldRun): RunHandle => {
    const { id, past } = run;
    return { id, past, handle: runs.add(run) };
  };
  const takenOf = (taking: Taking): TakenHandle =>
    taking.status === 'taken' ? { ...taking, run: handleOf(taking.run) } : taking;
  return {
    begin: async (first) => handleOf(await store().begin(first)),
    enter: async (id, first) => takenOf(await store().enter(id, first)),
    take: async (id) => takenOf(await store().take(id)),
    append: async (handle, event) => {
      await runs.of(handle).append(event);
      if (event.type === 'run-ended') runs.drop(handle);
    },
    renew: (handle) => runs.of(handle).renew(),
    release: async (handle) => {
      const run = runs.of(handle);
      runs.drop(handle);
      await run.release();
    },
  };
}

type LedgerCalls = Pick<HistoryCalls, 'book' | 'resize' | 'settle' | 'standings'>;

function callsOfLedger(store: () => LocalHistory): LedgerCalls {
  const bookings = handles<Booking>();
  const bookedOf = (booked: Booked): BookedHandle =>
    booked.status === 'booked'
      ? { status: 'booked', handle: bookings.add(booked.booking) }
      : booked;
  return {
    book: async (amount, budgets) => bookedOf(await store().ledger.book(amount, budgets)),
    resize: (handle, amount) => bookings.of(handle).resize(amount),
    settle: async (handle, spent) => {
      const booking = bookings.of(handle);
      bookings.drop(handle);
      await booking.settle(spent);
    },
    standings: (budgets) => store().ledger.standings(budgets),
  };
}

interface Handles<Value> {
  add(value: Value): number;
  of(handle: number): Value;
  drop(handle: number): void;
}

function handles<Value>(): Handles<Value> {
  const values = new Map<number, Value>();
  let last = 0;
  return {
    add: (value) => {
      last += 1;
      values.set(last, value);
      return last;
    },
    of: (handle) => {
      const value = values.get(handle);
      if (value === undefined) throw new TypeError(`nothing has the handle ${handle}`);
      return value;
    },
    drop: (handle) => void values.delete(handle),
  };
}
