import type { AttemptFailure } from './failure.ts';
import type { SeatId } from './plan.ts';

/**
 * What became of one primary seat of a run that ended. `uncompared`: an answer, and nothing to hold it against.
 * `unasked`: no request, or none that says anything of the model; it is neither a loss nor a failure.
 */
export type CreditResult = 'won' | 'lost' | 'tied' | 'uncompared' | 'failed' | 'unasked';

/**
 * What a win or a loss rests on. `verified`: running the answer against what the person or the task demands.
 * `tests`: tests of other models, or a judge. `behaviour`: what most families do. `text`: the answers as text.
 */
export type CreditBasis = 'verified' | 'tests' | 'behaviour' | 'text';

/** What a win or a loss counts as evidence, by what it rests on; chosen, and not fitted. */
export const evidenceWeights: Readonly<Record<CreditBasis, number>> = {
  verified: 1,
  tests: 1 / 2,
  behaviour: 1 / 4,
  text: 1 / 8,
};

/** What one seat of a run says of its model. */
export interface Credit {
  readonly seat: SeatId;
  readonly runner: string;
  /** The model that really answered, as the vendor says; null where it does not, and without an answer. */
  readonly model: string | null;
  readonly category: string;
  readonly result: CreditResult;
  /** Null for everything but a win or a loss. */
  readonly basis: CreditBasis | null;
  /** Null unless it failed. */
  readonly failure: AttemptFailure['kind'] | null;
  /** Milliseconds until the answer, as {@link roundedMs} has them; null without an answer. */
  readonly durationMs: number | null;
  /** US dollars; null where unknown, and without an answer. */
  readonly costUsd: number | null;
  /** Tokens of the question and the answer; null where unknown, and without an answer. */
  readonly tokens: number | null;
}

/** Credits that are alike, counted. */
export interface CreditCount extends Omit<Credit, 'seat' | 'costUsd' | 'tokens'> {
  readonly count: number;
  /** The sum, in US dollars, of those that are known. */
  readonly costUsd: number;
  readonly costsKnown: number;
  /** The sum of those that are known. */
  readonly tokens: number;
  readonly tokensKnown: number;
}

/** Which credits to count; what is left out does not restrict. */
export interface CreditQuery {
  readonly category?: string | undefined;
  /** Those of runs that began at this time or later, in milliseconds since the epoch. */
  readonly sinceMs?: number | undefined;
}

/** Credits, counted. */
export interface CreditCounts {
  readonly counts: readonly CreditCount[];
  /** Runs that ended and are not counted yet, as those that an earlier version kept; each call counts some of them. */
  readonly uncounted: number;
}

/** The ratio of two durations that are next to each other. */
const step = 1.1;

/** Rounds a duration to within 5 %, so that like ones can be counted together. */
export function roundedMs(durationMs: number): number {
  if (durationMs < 1) return 0;
  return Math.round(step ** Math.round(Math.log(durationMs) / Math.log(step)));
}
