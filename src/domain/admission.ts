import type { Amount, Spent } from './budget.ts';
import type { AttemptFailure } from './failure.ts';
import type { Outcome, Progress } from './runner.ts';

/** One request that is about to be sent. */
export interface CallWish {
  readonly runner: string;
  /** Characters of everything that the model is told. */
  readonly promptLength: number;
  /** Which request of its attempt it is, from 1, and 1 unless said. */
  readonly tries?: number | undefined;
  /** What it is expected to use. */
  readonly expected: Amount;
}

/** Says when a request may be sent, or that it may not. */
export interface Admission {
  /** Waits for a turn, and no longer than until the signal aborts. Never rejects. */
  admit(wish: CallWish, signal: AbortSignal): Promise<Admitted>;
}

/** What came of asking for a turn. */
export type Admitted =
  | { readonly status: 'admitted'; readonly permit: Permit }
  /** It is not sent, and this is why. */
  | { readonly status: 'refused'; readonly failure: AttemptFailure };

/** The turn of one request. */
export interface Permit {
  /** Hears what the model does, and what it has used by then; a failure tells that the request has to be ended now. */
  heard(progress: Progress, spent: Spent): AttemptFailure | undefined;
  /** Gives the turn back, with what came of it and what it used. Never rejects. */
  close(outcome: Outcome, spent: Spent): Promise<void>;
}
