import type { HistoryStore } from '../domain/history.ts';

/** Several processes on one history, in a time that a case moves. */
export interface HistoryWorld {
  /** Opens the history as a process of that name. */
  open(holder: string): Promise<HistoryStore>;
  /** Lets milliseconds pass. */
  pass(ms: number): void;
  /** Ends a process so that all the others know. */
  kill(holder: string): void;
}

/** Something that every history does. */
export interface HistoryCase {
  readonly title: string;
  /** Rejects where it does not. */
  readonly check: (use: HistoryWorld) => Promise<void>;
}

/** When the time of a case begins, in milliseconds since the epoch. */
export const startMs = 1_000_000;
