import type { HistoryStore } from '../domain/history.ts';
import type { Processes } from './processes-on-place.ts';

/** Something that every history does. */
export interface HistoryCase {
  readonly title: string;
  /** Rejects where it does not. */
  readonly check: (use: Processes<HistoryStore>) => Promise<void>;
}
