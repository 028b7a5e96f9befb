import { type Amount, type Budget, type BudgetStanding, scopeOf } from '../domain/budget.ts';
import type { HistoryTools } from '../domain/history.ts';
import { type Booked, type Booking, bookingLeaseMs, type Ledger } from '../domain/ledger.ts';
import { type Balance, judgeBooking } from './judge-booking.ts';

interface Entry {
  amount: Amount;
  untilMs: number;
  readonly scopes: readonly string[];
  readonly holder: string;
  isSettled: boolean;
}

/** What several ledgers in memory share, as several processes share a file. */
export type MemoryEntries = Set<Entry>;

/** Keeps a ledger as long as the process lasts; those with the same entries stand for processes on one history. */
export function memoryLedger(tools: HistoryTools, entries: MemoryEntries = new Set()): Ledger {
  const isOpen = ({ holder, isSettled, untilMs }: Entry): boolean =>
    !isSettled && untilMs > tools.now() && !tools.isGone(holder);
  const balanceOf = (budget: Budget, without?: Entry): Balance => {
    const scope = scopeOf(budget);
    const rows = [...entries].filter((entry) => entry !== without && entry.scopes.includes(scope));
    const closed = rows.filter((entry) => !isOpen(entry)).map(({ amount }) => amount);
    const unpriced = closed.filter(({ costUsd }) => costUsd === null).length;
    return { spent: { ...sum(closed), unpriced }, booked: sum(amountsOf(rows.filter(isOpen))) };
  };
  return {
    book: async (amount, budgets): Promise<Booked> => {
      const full = judgeBooking(amount, budgets, (budget) => balanceOf(budget));
      if (full) return { status: 'full', ...full };
      const untilMs = tools.now() + bookingLeaseMs;
      const scopes = budgets.map(scopeOf);
      const entry = { amount, untilMs, scopes, holder: tools.holder, isSettled: false };
      entries.add(entry);
      const judge = (to: Amount) =>
        judgeBooking(to, budgets, (budget) => balanceOf(budget, entry)) === undefined;
      return { status: 'booked', booking: bookingOf(entry, judge, tools) };
    },
    standings: async (budgets): Promise<readonly BudgetStanding[]> =>
      budgets.map((budget) => ({ ...budget, ...balanceOf(budget).spent })),
  };
}

function bookingOf(
  entry: Entry,
  fits: (amount: Amount) => boolean,
  { now }: HistoryTools,
): Booking {
  return {
    resize: async (amount) => {
      if (!fits(amount)) return false;
      entry.amount = amount;
      entry.untilMs = now() + bookingLeaseMs;
      return true;
    },
    settle: async (spent) => {
      entry.amount = spent;
      entry.isSettled = true;
    },
  };
}

function amountsOf(entries: readonly Entry[]): readonly Amount[] {
  return entries.map(({ amount }) => amount);
}

function sum(amounts: readonly Amount[]): Balance['booked'] {
  return {
    costUsd: amounts.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0),
    tokens: amounts.reduce((total, { tokens }) => total + tokens, 0),
  };
}
