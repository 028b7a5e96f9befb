import { randomUUID } from 'node:crypto';
import {
  type Amount,
  type Budget,
  type BudgetStanding,
  noLimit,
  scopeOf,
  toleranceUsd,
} from '../../domain/budget.ts';
import type { HistoryTools } from '../../domain/history.ts';
import { type Booked, type Booking, bookingLeaseMs, type Ledger } from '../../domain/ledger.ts';
import { type Balance, type Full, judgeBooking } from '../judge-booking.ts';
import type { PostgresDatabase } from './open-database.ts';
import { type ServerTime, timeSql } from './server-time.ts';

/** What a ledger works with. */
export interface LedgerParts {
  readonly database: PostgresDatabase;
  readonly time: ServerTime;
  readonly tools: HistoryTools;
}

/**
 * Keeps what is used of budgets in a history's database, for all machines that share it: a row for each budget with
 * what was spent, and one for each request on its way. What is booked by a process of this machine that ended, or for
 * longer than its lease, is added to what was spent.
 */
export function postgresLedger(parts: LedgerParts): Ledger {
  return {
    book: async (amount, budgets): Promise<Booked> => {
      const id = randomUUID();
      const wanted = { id, amount, budgets, isGrowing: false };
      let full = await book(wanted, parts);
      // What may be waited for in vain is looked at closely; most of the time there is room.
      if (full && !full.isSpent) full = await book(wanted, parts, await goneHolders(parts));
      if (full) return { status: 'full', ...full };
      return { status: 'booked', booking: bookingOf({ id, amount, budgets }, parts) };
    },
    standings: async (budgets): Promise<readonly BudgetStanding[]> => {
      const rows = await parts.database.query<BalanceRow>({
        text: `SELECT * FROM orchestrator.budget_balances(${timeSql('$1')}, $2, NULL, $3) ORDER BY place`,
        values: [parts.time(), budgets.map(scopeOf), await goneHolders(parts)],
        isRepeatable: true,
      });
      return budgets.map((budget, index) => ({ ...budget, ...balanceOf(rows[index]).spent }));
    },
  };
}

interface BookingWish {
  readonly id: string;
  readonly amount: Amount;
  readonly budgets: readonly Budget[];
}

/** The row of one budget; numbers come as numbers, as no column of it is a large integer of PostgreSQL. */
interface BalanceRow {
  readonly cost_usd: number;
  readonly tokens: number;
  readonly unpriced: number;
  readonly booked_usd: number;
  readonly booked_tokens: number;
}

/** Books, in place of what the id had booked; what is in the way where it cannot. */
async function book(
  { id, amount, budgets, isGrowing }: BookingWish & { readonly isGrowing: boolean },
  { database, time, tools }: LedgerParts,
  gone: readonly string[] = [],
) {
  const [row] = await database.query<{
    readonly is_booked: boolean;
    readonly balances: readonly BalanceRow[] | null;
  }>({
    name: 'book',
    text: `SELECT * FROM orchestrator.book(${timeSql('$1')}, ${timeSql('$1')} + ${bookingLeaseMs},
      $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      ...[time(), tools.holder, id, isGrowing, budgets.map(scopeOf)],
      budgets.map(({ limit: { costUsd } }) =>
        costUsd === undefined ? null : costUsd + toleranceUsd,
      ),
      ...[budgets.map(({ limit }) => limit.tokens), amount.costUsd, amount.tokens, gone],
    ],
    isRepeatable: true,
  });
  const { is_booked = true, balances } = row ?? {};
  if (is_booked !== false) return undefined;
  const balance = new Map(budgets.map((budget, index) => [budget, balanceOf(balances?.[index])]));
  return (
    judgeBooking(amount, budgets, (budget) => balance.get(budget) ?? balanceOf(undefined)) ?? late
  );
}

/** Why a booking cannot grow that has been counted as spent. */
const late: Full = {
  isSpent: true,
  budget: { kind: 'run', name: '', limit: noLimit, costUsd: 0, tokens: 0, unpriced: 0 },
};

function balanceOf(row: BalanceRow | undefined): Balance {
  const { booked_tokens = 0, booked_usd = 0, cost_usd = 0, tokens = 0, unpriced = 0 } = row ?? {};
  return {
    spent: { costUsd: cost_usd, tokens, unpriced },
    booked: { costUsd: booked_usd, tokens: booked_tokens },
  };
}

function bookingOf({ id, amount, budgets }: BookingWish, parts: LedgerParts): Booking {
  let booked = amount;
  return {
    resize: async (wanted) => {
      const full = await book({ id, amount: wanted, budgets, isGrowing: true }, parts);
      if (!full) booked = wanted;
      return full === undefined;
    },
    settle: async (spent) => {
      if (budgets.length === 0) return;
      await parts.database.query({
        name: 'settle',
        text: 'SELECT orchestrator.settle($1, $2, $3, $4, $5, $6)',
        values: [
          ...[id, budgets.map(scopeOf), booked.costUsd, booked.tokens],
          ...[spent.costUsd, spent.tokens],
        ],
        // Made twice, it would count twice.
        isRepeatable: false,
      });
    },
  };
}

/** Those who book and are known to have ended: processes of this machine. */
async function goneHolders({ database, tools }: LedgerParts): Promise<readonly string[]> {
  const rows = await database.query<{ readonly holder: string }>({
    text: 'SELECT DISTINCT holder FROM orchestrator.bookings',
    values: [],
    isRepeatable: true,
  });
  return rows.map(({ holder }) => holder).filter(tools.isGone);
}
