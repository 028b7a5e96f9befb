import { type Amount, type Budget, type BudgetStanding, toleranceUsd } from '../domain/budget.ts';

/** What is used of a budget, and what is set aside of it besides. */
export interface Balance {
  readonly spent: Omit<BudgetStanding, keyof Budget>;
  readonly booked: { readonly costUsd: number; readonly tokens: number };
}

/** Why an amount cannot be booked. */
export interface Full {
  readonly budget: BudgetStanding;
  readonly isSpent: boolean;
}

/** Finds the first budget that an amount does not fit in, those first that waiting cannot help; undefined where it fits in all. */
export function judgeBooking(
  amount: Amount,
  budgets: readonly Budget[],
  balanceOf: (budget: Budget) => Balance,
): Full | undefined {
  const rows = budgets.map((budget) => ({ budget, ...balanceOf(budget) }));
  const none = { costUsd: 0, tokens: 0 };
  const spent = rows.find((row) => !fits(amount, { ...row, booked: none }));
  if (spent) return { budget: { ...spent.budget, ...spent.spent }, isSpent: true };
  const booked = rows.find((row) => !fits(amount, row));
  return booked && { budget: { ...booked.budget, ...booked.spent }, isSpent: false };
}

function fits(
  { costUsd, tokens }: Amount,
  { budget: { limit }, spent, booked }: Balance & { readonly budget: Budget },
): boolean {
  const { costUsd: maxUsd = Number.POSITIVE_INFINITY, tokens: maxTokens } = limit;
  // A request without a known price is not covered by a budget in dollars.
  const isPaid =
    costUsd === null || spent.costUsd + booked.costUsd + costUsd <= maxUsd + toleranceUsd;
  const isShort = maxTokens === undefined || spent.tokens + booked.tokens + tokens <= maxTokens;
  return isPaid && isShort;
}
