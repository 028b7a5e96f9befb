import type { Amount, Budget, BudgetStanding } from './budget.ts';

/** Milliseconds for which a booking is waited for; then it counts as spent until it is settled. */
export const bookingLeaseMs = 600_000;

/** Keeps what is used of budgets, for all who share it. Every method rejects with `bad-history` where it cannot be used. */
export interface Ledger {
  /** Sets an amount aside in every budget at once, or in none. */
  book(amount: Amount, budgets: readonly Budget[]): Promise<Booked>;
  /** What has been spent of each, bookings of processes that ended included and those of others not. */
  standings(budgets: readonly Budget[]): Promise<readonly BudgetStanding[]>;
}

/** What came of booking. */
export type Booked =
  | { readonly status: 'booked'; readonly booking: Booking }
  /**
   * The first budget that it does not fit in. `isSpent`: not even when nothing that others have booked is used;
   * otherwise it may fit once these have settled.
   */
  | { readonly status: 'full'; readonly budget: BudgetStanding; readonly isSpent: boolean };

/**
 * An amount that is set aside for one request. A process that ends without settling it has spent it: the request
 * was on its way, and a vendor that goes on writing is paid for it.
 */
export interface Booking {
  /** Sets another amount aside in its place; false where that does not fit, and all stays as it was. */
  resize(amount: Amount): Promise<boolean>;
  /** Ends the booking with what was really spent, whether or not that fits. */
  settle(spent: Amount): Promise<void>;
}
