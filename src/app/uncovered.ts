import type { RunRecord } from '../domain/run-record.ts';

/** Says of whom a budget in dollars knows nothing, in one line; no line where it covers all that were asked. */
export function uncovered({ budgets, spending: { unpriced } }: RunRecord): readonly string[] {
  const isInDollars = budgets.some(({ limit }) => limit.costUsd !== undefined);
  if (!isInDollars || unpriced.length === 0) return [];
  return [
    `The budget in dollars does not cover ${unpriced.join(', ')}: no price is known, set "price" in the configuration`,
  ];
}
