import type { Amount, Budget } from '../../domain/budget.ts';
import type { HeldRun, HistoryStore, KeptEvent, StartEvent, Taking } from '../../domain/history.ts';
import type { Booked, Booking, Ledger } from '../../domain/ledger.ts';

/** A held run as another thread knows it. */
export interface RunHandle extends Pick<HeldRun, 'id' | 'past'> {
  /** By which it is named in calls. */
  readonly handle: number;
}

/** What came of trying to take a run, for another thread. */
export type TakenHandle =
  | Exclude<Taking, { readonly status: 'taken' }>
  | { readonly status: 'taken'; readonly run: RunHandle };

/** What came of booking, for another thread. */
export type BookedHandle =
  | Exclude<Booked, { readonly status: 'booked' }>
  | { readonly status: 'booked'; readonly handle: number };

type Reads = Pick<HistoryStore, 'events' | 'list' | 'credits' | 'idsFrom' | 'remove' | 'close'>;

/** What a history does for another thread: only data crosses, so that runs and bookings are known by handles. */
export interface HistoryCalls extends Reads, Pick<Ledger, 'standings'> {
  /** Rejects with `bad-history` where the history cannot be opened. */
  open(): Promise<void>;
  begin(first: StartEvent): Promise<RunHandle>;
  enter(id: string, first: StartEvent): Promise<TakenHandle>;
  take(id: string): Promise<TakenHandle>;
  append(run: number, event: KeptEvent): Promise<void>;
  renew(run: number): ReturnType<HeldRun['renew']>;
  release(run: number): Promise<void>;
  book(amount: Amount, budgets: readonly Budget[]): Promise<BookedHandle>;
  resize(booking: number, amount: Amount): ReturnType<Booking['resize']>;
  settle(booking: number, spent: Amount): Promise<void>;
}
