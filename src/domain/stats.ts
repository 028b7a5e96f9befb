import type { FailureKind } from './failure.ts';

/** How one model fared in one category. */
export interface ModelStats {
  readonly runner: string;
  /** The model that answered, as the vendor says; null where it does not. */
  readonly model: string | null;
  readonly category: string;
  /** Calls that were made for an answer. */
  readonly asked: number;
  readonly answered: number;
  readonly won: number;
  readonly lost: number;
  readonly tied: number;
  /** Answers with nothing to hold them against. */
  readonly uncompared: number;
  /** Wins and losses that running the answer against demands showed. */
  readonly verified: { readonly won: number; readonly lost: number };
  /** The share of wins in wins and losses, with its 95 % interval; null where there are too few. */
  readonly winRate: { readonly share: number; readonly low: number; readonly high: number } | null;
  /** How often it failed, by kind. */
  readonly failures: { readonly [Kind in FailureKind]?: number };
  /** Milliseconds, within 5 %; null where there are too few answers. */
  readonly latencyMs: { readonly p50: number | null; readonly p95: number | null };
  /** US dollars for one answer, the mean of those that are known; null where none is. */
  readonly cost: PerAnswer;
  /** Tokens of question and answer, in the same way. */
  readonly tokens: PerAnswer;
}

/** A mean over the answers of which an amount is known. */
export interface PerAnswer {
  readonly mean: number | null;
  readonly known: number;
}
