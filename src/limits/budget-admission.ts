import type { Admission, Admitted, CallWish, Permit } from '../domain/admission.ts';
import type { Amount, Budget } from '../domain/budget.ts';
import type { Clock } from '../domain/clock.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Booked, Booking, Ledger } from '../domain/ledger.ts';
import { budgetText } from './budget-text.ts';

/** Milliseconds between two looks whether what others have booked is free. */
const retryMs = 100;

/** By how much of what a request has used its booking grows, so that not every word asks the ledger. */
const growth = 1.1;

/** What admitting by budgets works on. */
export interface BudgetParts {
  readonly ledger: Ledger;
  /** The budgets that hold at this moment: a day ends at midnight. */
  readonly budgets: () => readonly Budget[];
  readonly clock: Clock;
}

/**
 * Admits a request when what it is expected to use is there in every budget, and sets that aside, so that requests
 * at the same time cannot use the same money. Where others have set it aside it waits for what they leave. A request
 * that uses more ends when there is no more.
 */
export function budgetAdmission(parts: BudgetParts): Admission {
  return {
    admit: async (wish, signal) => {
      try {
        return await admit(wish, signal, parts);
      } catch (error) {
        return { status: 'refused', failure: unknowable(error) };
      }
    },
  };
}

async function admit(
  { expected }: CallWish,
  signal: AbortSignal,
  { ledger, budgets, clock }: BudgetParts,
): Promise<Admitted> {
  while (!signal.aborted) {
    const booked = await ledger.book(expected, budgets());
    if (booked.status === 'booked') {
      return { status: 'admitted', permit: permitOf(booked.booking, expected) };
    }
    if (booked.isSpent) return { status: 'refused', failure: tooDear(expected, booked) };
    await clock.sleep(retryMs, signal);
  }
  const failure = { kind: 'cancelled', message: 'Cancelled before it was asked' } as const;
  return { status: 'refused', failure };
}

function permitOf(booking: Booking, expected: Amount): Permit {
  let booked = expected;
  let growing = false;
  let failure: AttemptFailure | undefined;
  const grow = async (to: Amount): Promise<void> => {
    growing = true;
    try {
      if (await booking.resize(to)) booked = to;
      else failure = { kind: 'budget-exhausted', message: 'Ended in the middle: nothing is left' };
    } catch (error) {
      failure = unknowable(error);
    }
    growing = false;
  };
  return {
    heard: (_progress, spent) => {
      if (!growing && exceeds(spent, booked)) void grow(more(spent));
      return failure;
    },
    close: async (_outcome, spent) => {
      // What cannot be settled stays booked, and counts as spent.
      await booking.settle(spent).catch(() => undefined);
    },
  };
}

function exceeds(spent: Amount, booked: Amount): boolean {
  return spent.tokens > booked.tokens || (spent.costUsd ?? 0) > (booked.costUsd ?? 0);
}

function more({ costUsd, tokens }: Amount): Amount {
  return {
    costUsd: costUsd === null ? null : costUsd * growth,
    tokens: Math.ceil(tokens * growth),
  };
}

function tooDear(
  expected: Amount,
  { budget }: Extract<Booked, { readonly status: 'full' }>,
): AttemptFailure {
  const message = `Not asked: ${budgetText(budget, expected)}`;
  return { kind: 'budget-exhausted', message };
}

/** Where nobody can tell what is left, nothing is spent. */
function unknowable(error: unknown): AttemptFailure {
  const found = error instanceof Error ? error.message : String(error);
  return { kind: 'budget-exhausted', message: `Not known what is left of the budget: ${found}` };
}
