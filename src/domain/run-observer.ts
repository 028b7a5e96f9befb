import type { RunEvent } from './event.ts';
import type { KeptEvent } from './history.ts';

/** A run at the moment in which this process begins it, or goes on with it. */
export interface BegunRun {
  readonly id: string;
  /** What had happened by then: its first event at least. */
  readonly past: readonly KeptEvent[];
}

/** Whoever looks on while one run goes on, and has no part in it. */
export interface OnLooker {
  /** Hears what happens from then on, text and progress included. */
  hear(event: RunEvent): void;
  /** This process does no more of the run, whether or not it has its last event. */
  close(): void;
}

/** Looks on at every run of an app. What it throws is no concern of the run. */
export type RunObserver = (run: BegunRun) => OnLooker | Promise<OnLooker>;
