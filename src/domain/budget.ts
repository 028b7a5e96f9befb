/** What was used, or is expected to be, of money and of tokens. */
export interface Amount {
  /** US dollars; null where no price is known. */
  readonly costUsd: number | null;
  /** Tokens of prompts and answers together. */
  readonly tokens: number;
}

/** What requests used. */
export interface Spent extends Amount {
  /** Whether a part of it was not told by the vendor, and is counted by the length of texts. */
  readonly isEstimate: boolean;
}

/** The most that may be used; undefined for no limit. */
export interface BudgetLimit {
  readonly costUsd: number | undefined;
  readonly tokens: number | undefined;
}

/** US dollars that sums of fractions may be wrong by. */
export const toleranceUsd = 1e-9;

/** No limit at all. */
export const noLimit: BudgetLimit = { costUsd: undefined, tokens: undefined };

/** What a budget is for: one run, a batch of runs, a folder, or a person's local day. */
export type BudgetKind = 'run' | 'batch' | 'project' | 'day';

/** A limit, and who shares it: everybody who names the same kind and name. */
export interface Budget {
  readonly kind: BudgetKind;
  /** The id of the run or the batch, the folder of the project, or the day as `2026-01-31`. */
  readonly name: string;
  readonly limit: BudgetLimit;
}

/** A budget, and what has been used of it by everybody who shares it. */
export interface BudgetStanding extends Budget {
  /** US dollars of those requests whose price is known. */
  readonly costUsd: number;
  readonly tokens: number;
  /** How many requests have no known price. */
  readonly unpriced: number;
}

/** What a run used. */
export interface Spending {
  /** US dollars; null where a part of it has no known price. */
  readonly costUsd: number | null;
  /** US dollars of the part whose price is known. */
  readonly knownUsd: number;
  readonly tokens: number;
  readonly isEstimate: boolean;
  /** The runners that were asked and whose price is not known. */
  readonly unpriced: readonly string[];
}

/** The spending of whoever asked nobody. */
export const nothingSpent: Spent = { costUsd: 0, tokens: 0, isEstimate: false };

/** Adds two amounts; unknown plus anything is unknown. */
export function addSpent(one: Spent, other: Spent): Spent {
  const isUnknown = one.costUsd === null || other.costUsd === null;
  return {
    costUsd: isUnknown ? null : (one.costUsd ?? 0) + (other.costUsd ?? 0),
    tokens: one.tokens + other.tokens,
    isEstimate: one.isEstimate || other.isEstimate,
  };
}

/** What everybody who shares a budget calls it. */
export function scopeOf({ kind, name }: Budget): string {
  return `${kind} ${name}`;
}

/** Whether there is anything that must not be exceeded. */
export function isLimited({ costUsd, tokens }: BudgetLimit): boolean {
  return costUsd !== undefined || tokens !== undefined;
}
