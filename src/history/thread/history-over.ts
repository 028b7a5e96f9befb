import { type BirpcReturn, createBirpc } from 'birpc';
import type { HeldRun, Taking } from '../../domain/history.ts';
import type { Booked, Ledger } from '../../domain/ledger.ts';
import type { LocalHistory } from '../local-history.ts';
import { takenOver } from '../taken-over.ts';
import type { HistoryCalls, RunHandle, TakenHandle } from './history-calls.ts';
import { portChannel, type ThreadPort } from './port-channel.ts';

/** A history that another thread has opened. */
export interface HistoryOver {
  readonly store: LocalHistory;
  /** Resolves once it is open; rejects with `bad-history` where it cannot be. */
  readonly opened: Promise<void>;
  /** Rejects every call that is open, and every later one, with the first error that is given. */
  fail(error: Error): void;
}

type Calls = BirpcReturn<HistoryCalls>;

/** Uses a history in the thread at the other end of a port, where `serveHistory` listens. */
export function historyOver(port: ThreadPort): HistoryOver {
  let fault: Error | undefined;
  const calls: Calls = createBirpc<HistoryCalls>(
    {},
    {
      ...portChannel(port),
      timeout: -1,
      onRequest: async (_request, next) => {
        if (fault) throw fault;
        await next();
      },
    },
  );
  return {
    store: storeOver(calls),
    opened: calls.open(),
    fail: (error) => {
      fault ??= error;
      void calls.$rejectPendingCalls(({ reject }) => reject(fault));
    },
  };
}

function storeOver(calls: Calls): LocalHistory {
  const takingOf = (taken: TakenHandle): Taking =>
    taken.status === 'taken' ? { ...taken, run: runOver(taken.run, calls) } : taken;
  return {
    ledger: ledgerOver(calls),
    begin: async (first) => runOver(await calls.begin(first), calls),
    enter: async (id, first) => takingOf(await calls.enter(id, first)),
    take: async (id) => takingOf(await calls.take(id)),
    events: (id) => calls.events(id),
    list: (query) => calls.list(query),
    credits: (query) => calls.credits(query),
    idsFrom: (prefix, limit) => calls.idsFrom(prefix, limit),
    remove: (ids) => calls.remove(ids),
    close: () => calls.close(),
  };
}

function runOver({ id, past, handle }: RunHandle, calls: Calls): HeldRun {
  let isOver = false;
  return {
    id,
    past,
    append: async (event) => {
      // The other thread has forgotten it.
      if (isOver) throw takenOver(id);
      await calls.append(handle, event);
      isOver ||= event.type === 'run-ended';
    },
    renew: async () => !isOver && (await calls.renew(handle)),
    release: async () => {
      if (isOver) return;
      isOver = true;
      await calls.release(handle);
    },
  };
}

function ledgerOver(calls: Calls): Ledger {
  return {
    book: async (amount, budgets): Promise<Booked> => {
      const booked = await calls.book(amount, budgets);
      if (booked.status === 'full') return booked;
      const { status, handle } = booked;
      const resize = (wanted: typeof amount): Promise<boolean> => calls.resize(handle, wanted);
      const settle = (spent: typeof amount): Promise<void> => calls.settle(handle, spent);
      return { status, booking: { resize, settle } };
    },
    standings: (budgets) => calls.standings(budgets),
  };
}
