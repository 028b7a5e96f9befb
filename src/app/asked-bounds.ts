import { type BudgetLimit, isLimited } from '../domain/budget.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Limits } from '../domain/settings.ts';

/** What the history keeps of how long, how often and for how much a run was asked. */
export interface AskedBounds {
  readonly budget?: BudgetLimit;
  readonly limits?: Partial<Limits>;
}

/** What is to be kept with the event that begins a run or goes on with it; what says nothing is left out. */
export function askedBounds(budget: BudgetLimit, limits: Partial<Limits> = {}): AskedBounds {
  return {
    ...(isLimited(budget) && { budget }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

/** The limits that a run was asked with last, and over them those that it is given. */
export function askedLimits(
  past: readonly StoredEvent[],
  given: Partial<Limits> = {},
): Partial<Limits> {
  const before = past.flatMap((event) => ('limits' in event ? (event.limits ?? []) : []));
  return { ...before.at(-1), ...given };
}
