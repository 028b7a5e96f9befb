import type { CreditCounts, CreditQuery } from './credit.ts';
import type { RunStatus, StoredEvent } from './event.ts';
import type { Ledger } from './ledger.ts';
import type { Mode } from './mode.ts';
import type { SharedLimits } from './shared-limits.ts';

/** The durable events of one run, in order. */
export interface History {
  /** What is already known of the run: empty for a new one. */
  readonly past: readonly StoredEvent[];
  /** Resolves once the event cannot be lost. */
  append(event: StoredEvent): Promise<void>;
}

/** An event as it is kept; `atMs` is when it was appended, in milliseconds since the epoch. */
export type KeptEvent = StoredEvent & { readonly atMs: number };

/** The first event of every run. */
export type StartEvent = Extract<KeptEvent, { readonly type: 'run-started' }>;

/** Where a run stands. `running`: a living process holds it; `interrupted`: nobody does, and it can be resumed. */
export type RunState = RunStatus | 'running' | 'interrupted';

/** Every state of a run. */
export const runStates: readonly RunState[] = [
  'running',
  'interrupted',
  'complete',
  'degraded',
  'failed',
  'cancelled',
];

/** One run, as a list shows it. */
export interface RunSummary {
  readonly id: string;
  readonly state: RunState;
  readonly startedAtMs: number;
  /** Null while it has not ended. */
  readonly endedAtMs: number | null;
  /** The text of the task. */
  readonly text: string;
  /** Null before the plan is made. */
  readonly category: string | null;
  readonly mode: Mode | null;
  /** The runner whose answer was chosen; null where there is none. */
  readonly chosen: string | null;
}

/** Which runs to list; what is left out does not restrict. */
export interface RunQuery {
  /** Letters that the text of the task has, in any case. */
  readonly text?: string | undefined;
  readonly states?: readonly RunState[] | undefined;
  readonly category?: string | undefined;
  /** Runs that began at this time or later, in milliseconds since the epoch. */
  readonly sinceMs?: number | undefined;
  /** Runs that began before this time. */
  readonly beforeMs?: number | undefined;
  /** Runs of exactly this task, by `taskKey`. */
  readonly taskKey?: string | undefined;
  /** The most rows. */
  readonly limit?: number | undefined;
}

/** A run that this process alone may go on with, as long as its lease lasts. */
export interface HeldRun {
  readonly id: string;
  /** What the history held when the run was taken. */
  readonly past: readonly KeptEvent[];
  /**
   * Resolves once the event cannot be lost, and prolongs the lease. Rejects with `run-in-use` when another
   * process has taken the run over, and with `bad-history` when the event cannot be kept.
   */
  append(event: KeptEvent): Promise<void>;
  /** Prolongs the lease; false when another process has taken the run over. */
  renew(): Promise<boolean>;
  /** Lets others take the run. */
  release(): Promise<void>;
}

/** What came of trying to take a run. */
export type Taking =
  | { readonly status: 'taken'; readonly run: HeldRun }
  /** It has its last event. */
  | { readonly status: 'ended' }
  | { readonly status: 'held'; readonly holder: string; readonly untilMs: number }
  | { readonly status: 'unknown' };

/** Where runs are kept, for all processes that use it. Every method rejects with `bad-history` where it cannot be used. */
export interface HistoryStore {
  /** What is used of the budgets of all who use the store; undefined where it keeps no such thing. */
  readonly ledger?: Ledger | undefined;
  /** The limits of all who use the store, where it is shared by several machines; they are closed with it. */
  readonly limits?: SharedLimits | undefined;
  /** Keeps the first event of a run and holds the run. */
  begin(first: StartEvent): Promise<HeldRun>;
  /** Begins a run under an id that was made outside, or takes the one that has it already. */
  enter(id: string, first: StartEvent): Promise<Taking>;
  /** Takes a run that nobody holds, so that whoever held it before can append no more. */
  take(id: string): Promise<Taking>;
  /** The events of a run in order; undefined for an unknown one. */
  events(id: string): Promise<readonly KeptEvent[] | undefined>;
  /** The newest first. */
  list(query: RunQuery): Promise<readonly RunSummary[]>;
  /**
   * What the runs that ended say of the models, counted; a run that is removed is counted no more. Counts first some
   * of those that are not counted yet.
   */
  credits(query: CreditQuery): Promise<CreditCounts>;
  /** Up to `limit` ids that begin with the text, in their own order. */
  idsFrom(prefix: string, limit: number): Promise<readonly string[]>;
  /** Removes runs for good, but none that a living process holds; the ids of those removed. */
  remove(ids: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What a store needs of the world. */
export interface HistoryTools {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What names this process among all that may use the store. */
  readonly holder: string;
  /** Whether the process of that name is known to have ended; false where that cannot be known. */
  readonly isGone: (holder: string) => boolean;
}

/** Milliseconds that a run is held without a sign of life of its process. */
export const leaseMs = 30_000;
