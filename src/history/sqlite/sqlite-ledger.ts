import { randomUUID } from 'node:crypto';
import { type Amount, type Budget, type BudgetStanding, scopeOf } from '../../domain/budget.ts';
import { type Booked, type Booking, bookingLeaseMs, type Ledger } from '../../domain/ledger.ts';
import { type Balance, judgeBooking } from '../judge-booking.ts';
import type { HoldParts } from './hold-run.ts';

/**
 * Keeps what is used of budgets in a history's database: a row for each budget with what was spent, and one for
 * each request on its way. What a process that ended had booked is added to what was spent.
 */
export function sqliteLedger(parts: HoldParts): Ledger {
  const { commits } = parts;
  return {
    book: async (amount, budgets): Promise<Booked> => {
      const id = randomUUID();
      const full = await commits.write(() => book(id, { amount, budgets }, parts));
      if (full) return { status: 'full', ...full };
      return { status: 'booked', booking: bookingOf(id, { amount, budgets }, parts) };
    },
    standings: (budgets): Promise<readonly BudgetStanding[]> =>
      commits.write(() =>
        budgets.map((budget) => ({ ...budget, ...balanceOf(budget, undefined, parts).spent })),
      ),
  };
}

interface Wanted {
  readonly amount: Amount;
  readonly budgets: readonly Budget[];
}

/** Books where it fits, in place of what the id had booked before. */
function book(id: string, { amount, budgets }: Wanted, parts: HoldParts) {
  const full = judgeBooking(amount, budgets, (budget) => balanceOf(budget, id, parts));
  if (full) return full;
  const { database, tools } = parts;
  const put = database.prepare(
    `INSERT OR REPLACE INTO bookings (scope, id, cost_usd, tokens, holder, lease_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const untilMs = tools.now() + bookingLeaseMs;
  for (const budget of budgets) {
    put.run(scopeOf(budget), id, amount.costUsd, amount.tokens, tools.holder, untilMs);
  }
  return undefined;
}

function bookingOf(id: string, { amount, budgets }: Wanted, parts: HoldParts): Booking {
  let booked = amount;
  return {
    resize: (wanted) =>
      parts.commits.write(() => {
        // One that is late has been counted as spent; booked again it would count twice.
        if (!budgets.every((budget) => isThere(id, budget, parts))) return false;
        const fits = book(id, { amount: wanted, budgets }, parts) === undefined;
        if (fits) booked = wanted;
        return fits;
      }),
    settle: (spent) =>
      parts.commits.write(() => {
        const { database } = parts;
        const remove = database.prepare('DELETE FROM bookings WHERE scope = ? AND id = ?');
        for (const budget of budgets) {
          const scope = scopeOf(budget);
          const isLate = remove.run(scope, id).changes === 0;
          add(scope, sumOf(spent), parts);
          if (isLate) add(scope, without(sumOf(booked)), parts);
        }
      }),
  };
}

function isThere(id: string, budget: Budget, { database }: HoldParts): boolean {
  const find = database.prepare('SELECT 1 FROM bookings WHERE scope = ? AND id = ?');
  return find.get(scopeOf(budget), id) !== undefined;
}

interface BookingRow {
  readonly id: string;
  readonly cost_usd: number | null;
  readonly tokens: number;
  readonly holder: string;
  readonly lease_ms: number;
}

/** What is used of a budget, except for the booking of that id. */
function balanceOf(budget: Budget, except: string | undefined, parts: HoldParts): Balance {
  const { database } = parts;
  const scope = scopeOf(budget);
  // The table is strict, and this program writes every row of it; so it is below.
  const rows = database.prepare('SELECT * FROM bookings WHERE scope = ?').all(scope);
  const booked = { costUsd: 0, tokens: 0 };
  for (const row of rows as unknown as readonly BookingRow[]) {
    if (row.id === except) continue;
    if (isOver(row, parts)) closeBooking(scope, row, parts);
    else {
      booked.costUsd += row.cost_usd ?? 0;
      booked.tokens += row.tokens;
    }
  }
  const found = database
    .prepare('SELECT cost_usd AS costUsd, tokens, unpriced FROM spent WHERE scope = ?')
    .get(scope) as Balance['spent'] | undefined;
  return { spent: found ? { ...found } : { costUsd: 0, tokens: 0, unpriced: 0 }, booked };
}

function isOver({ holder, lease_ms }: BookingRow, { tools }: HoldParts): boolean {
  return lease_ms <= tools.now() || tools.isGone(holder);
}

function closeBooking(scope: string, row: BookingRow, parts: HoldParts): void {
  const { database } = parts;
  database.prepare('DELETE FROM bookings WHERE scope = ? AND id = ?').run(scope, row.id);
  add(scope, sumOf({ costUsd: row.cost_usd, tokens: row.tokens }), parts);
}

type Sum = Balance['spent'];

function sumOf({ costUsd, tokens }: Amount): Sum {
  return { costUsd: costUsd ?? 0, tokens, unpriced: costUsd === null ? 1 : 0 };
}

function without({ costUsd, tokens, unpriced }: Sum): Sum {
  return { costUsd: -costUsd, tokens: -tokens, unpriced: -unpriced };
}

function add(scope: string, { costUsd, tokens, unpriced }: Sum, { database }: HoldParts): void {
  database
    .prepare(
      `INSERT INTO spent (scope, cost_usd, tokens, unpriced) VALUES (?, ?, ?, ?)
       ON CONFLICT (scope) DO UPDATE SET cost_usd = cost_usd + excluded.cost_usd,
         tokens = tokens + excluded.tokens, unpriced = unpriced + excluded.unpriced`,
    )
    .run(scope, costUsd, tokens, unpriced);
}
