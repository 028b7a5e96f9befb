import type { Amount, BudgetKind, BudgetStanding } from '../domain/budget.ts';

/** How a person calls each kind of budget. */
const kindTexts: Readonly<Record<BudgetKind, string>> = {
  run: 'the run',
  batch: 'the batch',
  project: 'the project',
  day: 'the day',
};

/** Says what of a budget an amount does not fit in: `the budget of the day is $5.00, with $0.01 left and $0.30 needed`. */
export function budgetText(budget: BudgetStanding, wanted: Amount): string {
  const { kind, limit } = budget;
  const [left, needed] = leftOf(budget, wanted);
  const limits = [dollars(limit.costUsd), tokens(limit.tokens)].filter(
    (text) => text !== undefined,
  );
  return `the budget of ${kindTexts[kind]} is ${limits.join(' and ')}, with ${left} left and ${needed} needed`;
}

/** What is left of the limit that is too tight, and what is needed of it. */
function leftOf(
  { limit, ...spent }: BudgetStanding,
  wanted: Amount,
): readonly [left: string | undefined, needed: string | undefined] {
  const leftUsd =
    limit.costUsd === undefined ? undefined : Math.max(0, limit.costUsd - spent.costUsd);
  if (leftUsd !== undefined && (wanted.costUsd ?? 0) > leftUsd) {
    return [dollars(leftUsd), dollars(wanted.costUsd ?? 0)];
  }
  return [tokens(Math.max(0, (limit.tokens ?? 0) - spent.tokens)), tokens(wanted.tokens)];
}

function dollars(amount: number | undefined): string | undefined {
  return amount === undefined ? undefined : `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;
}

function tokens(count: number | undefined): string | undefined {
  return count === undefined ? undefined : `${count} tokens`;
}
