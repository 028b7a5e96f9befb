import type { CountedRow } from './batch-row.ts';

/** What a batch came to, counted; nothing of a row stays but numbers. */
export interface BatchTally {
  readonly rows: number;
  readonly statuses: Counts;
  /** How often planned models failed, by the kind of failure. */
  readonly failures: Counts;
  /** How often each model's answer was chosen. */
  readonly chosen: Counts;
  readonly needsReview: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars, of the calls whose price is known; null when there is none. */
  readonly costUsd: number | null;
  readonly unpricedCalls: number;
}

/** How often something was, by its name. */
export type Counts = Readonly<Record<string, number | undefined>>;

/** The tally of no row. */
export const emptyTally: BatchTally = {
  rows: 0,
  statuses: {},
  failures: {},
  chosen: {},
  needsReview: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: null,
  unpricedCalls: 0,
};

/** Counts one more row. */
export function tallyWith(tally: BatchTally, row: CountedRow): BatchTally {
  const { cost } = row;
  return {
    rows: tally.rows + 1,
    statuses: plusOne(tally.statuses, row.status),
    failures: row.failures.reduce(
      (counts, { failure_kind }) => plusOne(counts, failure_kind),
      tally.failures,
    ),
    chosen: row.chosen === null ? tally.chosen : plusOne(tally.chosen, row.chosen),
    needsReview: tally.needsReview + (row.needs_review ? 1 : 0),
    inputTokens: tally.inputTokens + (row.input_tokens ?? 0),
    outputTokens: tally.outputTokens + (row.output_tokens ?? 0),
    costUsd: cost === null ? tally.costUsd : (tally.costUsd ?? 0) + cost,
    unpricedCalls: tally.unpricedCalls + row.unpriced_calls,
  };
}

function plusOne(counts: Counts, name: string): Counts {
  return { ...counts, [name]: (counts[name] ?? 0) + 1 };
}
