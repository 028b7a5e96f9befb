import type { StoredEvent } from './event.ts';

/** The durable events of one run, in order. */
export interface History {
  /** What is already known of the run: empty for a new one. */
  readonly past: readonly StoredEvent[];
  /** Resolves once the event cannot be lost. */
  append(event: StoredEvent): Promise<void>;
}
