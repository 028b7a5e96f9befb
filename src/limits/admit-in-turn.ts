import type { Admission, Permit } from '../domain/admission.ts';
import { nothingSpent } from '../domain/budget.ts';
import type { AttemptFailure } from '../domain/failure.ts';

/** Asks several for a turn, one after the other; the first that refuses decides, and nobody keeps a turn then. */
export function admitInTurn(admissions: readonly Admission[]): Admission {
  return {
    admit: async (wish, signal) => {
      const permits: Permit[] = [];
      for (const admission of admissions) {
        const admitted = await admission.admit(wish, signal);
        if (admitted.status === 'refused') {
          await joined(permits).close(
            { status: 'failed', failure: admitted.failure },
            nothingSpent,
          );
          return admitted;
        }
        permits.push(admitted.permit);
      }
      return { status: 'admitted', permit: joined(permits) };
    },
  };
}

function joined(permits: readonly Permit[]): Permit {
  return {
    heard: (progress, spent) => {
      let first: AttemptFailure | undefined;
      for (const permit of permits) {
        // Each hears it, also where one before has ended the request.
        const failure = permit.heard(progress, spent);
        first ??= failure;
      }
      return first;
    },
    close: async (outcome, spent) => {
      await Promise.all(permits.map((permit) => permit.close(outcome, spent)));
    },
  };
}
