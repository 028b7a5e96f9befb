import type { Spent } from './budget.ts';
import type { AttemptFailure } from './failure.ts';
import type { SeatId } from './plan.ts';

/** Tokens as the vendor counted them; null where it does not say. */
export interface Usage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

interface AttemptFacts {
  readonly seat: SeatId;
  readonly runner: string;
  /** Requests made, the retried ones included; 0 when nobody was asked. */
  readonly tries: number;
  /** Milliseconds from leaving the queue to the end. */
  readonly durationMs: number;
  /** Where it comes from when no model was asked for it: the cache, or a cassette that is played. */
  readonly from?: 'cache' | 'cassette' | undefined;
  /** What all its requests used, those that failed included; undefined where nobody was asked. */
  readonly spent?: Spent | undefined;
}

/** An attempt that brought a whole answer. */
export interface Answered extends AttemptFacts {
  readonly status: 'answered';
  readonly text: string;
  /** The model that really answered, as the vendor says; null where it does not. */
  readonly model: string | null;
  readonly usage: Usage | null;
  /** US dollars, said by the vendor or computed from the configured price; null when unknown. */
  readonly costUsd: number | null;
  /** What an answer of the cache took when its model was asked; not spent again. */
  readonly spared?: Spared | undefined;
}

/** Tokens and US dollars; null where they are not known. */
export interface Spared {
  readonly usage: Usage | null;
  readonly costUsd: number | null;
}

/** An attempt that brought none; what had arrived by then is kept and is no answer. */
export interface Failed extends AttemptFacts {
  readonly status: 'failed';
  readonly failure: AttemptFailure;
  readonly partialText: string;
}

/** What came of asking one seat. */
export type Attempt = Answered | Failed;
