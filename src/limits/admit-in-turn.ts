import type { Admission, Admitted, CallWish, Permit } from '../domain/admission.ts';
import { nothingSpent } from '../domain/budget.ts';

/** Asks several for a turn, one after the other; the first that refuses decides, and nobody keeps a turn then. */
export function admitInTurn(admissions: readonly Admission[]): Admission {
  return {
    admit: async (wish, signal) => admitFrom(admissions, wish, signal),
  };
}

async function admitFrom(
  [first, ...others]: readonly Admission[],
  wish: CallWish,
  signal: AbortSignal,
): Promise<Admitted> {
  if (!first) return { status: 'admitted', permit: free };
  const admitted = await first.admit(wish, signal);
  if (admitted.status === 'refused') return admitted;
  const rest = await admitFrom(others, wish, signal);
  if (rest.status === 'admitted') {
    return { status: 'admitted', permit: both(admitted.permit, rest.permit) };
  }
  await admitted.permit.close({ status: 'failed', failure: rest.failure }, nothingSpent);
  return rest;
}

const free: Permit = { heard: () => undefined, close: async () => undefined };

function both(one: Permit, other: Permit): Permit {
  return {
    heard: (progress, spent) => {
      const failures = [one.heard(progress, spent), other.heard(progress, spent)];
      return failures.find((failure) => failure !== undefined);
    },
    close: async (outcome, spent) => {
      await Promise.all([one.close(outcome, spent), other.close(outcome, spent)]);
    },
  };
}
