import type { Bound } from '../domain/shared-limits.ts';

/** What limits the requests of one runner. */
export interface LimitRule {
  /** What is remembered of the runner has this key. */
  readonly runner: string;
  /** What is remembered of its provider has this key; that of the runner where it has no provider. */
  readonly group: string;
  /** What is configured; empty where nothing is. */
  readonly bounds: readonly Bound[];
}
