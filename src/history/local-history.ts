import type { HistoryStore } from '../domain/history.ts';
import type { Ledger } from '../domain/ledger.ts';

/** A history on this machine, which keeps what is used of budgets as well. */
export interface LocalHistory extends HistoryStore {
  readonly ledger: Ledger;
}
