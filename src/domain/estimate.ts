import type { Amount } from './budget.ts';

/** What a plan is expected to use, before anybody is asked; without retries, judges and merges. */
export interface Estimate {
  /** When every primary gives the shortest answer; of dollars null where nobody has a known price. */
  readonly least: Amount;
  /** What the cheapest primary alone is expected to use; zero dollars where one has no known price. */
  readonly single: Amount;
  /** When every answer is as long as it may be. Null where that, or a price, is not known. */
  readonly most: { readonly costUsd: number | null; readonly tokens: number | null };
  /** Runners whose price is not known. */
  readonly unpriced: readonly string[];
  /** Runners whose longest answer is not known. */
  readonly unbounded: readonly string[];
}
