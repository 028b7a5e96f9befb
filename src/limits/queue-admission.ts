import type { Admission, Admitted } from '../domain/admission.ts';
import type { Limit } from '../lib/limit.ts';

/** Admits as many requests at once as a queue of this process lets in, first come, first served. */
export function queueAdmission(queue: Limit): Admission {
  return {
    admit: async (_wish, signal): Promise<Admitted> => {
      const leave = await queue.enter(signal);
      if (!leave) return cancelled;
      return {
        status: 'admitted',
        permit: { heard: () => undefined, close: async () => leave() },
      };
    },
  };
}

const cancelled: Admitted = {
  status: 'refused',
  failure: { kind: 'cancelled', message: 'Cancelled before it was asked' },
};
