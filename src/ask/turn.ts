import type { Admission, Admitted, CallWish } from '../domain/admission.ts';
import type { Clock } from '../domain/clock.ts';

/** How long a turn may be waited for. */
export interface TurnLimits {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** On the elapsed clock; Infinity when the run has no limit. */
  readonly runEndsAtMs: number;
}

/** Waits for a turn, and no longer than the run lasts. */
export async function turn(
  admission: Admission,
  wish: CallWish,
  { clock, signal, runEndsAtMs }: TurnLimits,
): Promise<Admitted> {
  if (runEndsAtMs === Number.POSITIVE_INFINITY) return admission.admit(wish, signal);
  const timeUp = new AbortController();
  const stop = clock.after(runEndsAtMs - clock.elapsed(), () => timeUp.abort());
  try {
    const admitted = await admission.admit(wish, AbortSignal.any([signal, timeUp.signal]));
    const isLate = timeUp.signal.aborted && !signal.aborted;
    return isLate && admitted.status === 'refused' ? tooLate : admitted;
  } finally {
    stop();
  }
}

const tooLate: Admitted = {
  status: 'refused',
  failure: { kind: 'timed-out', message: 'The time of the run was up before it came to its turn' },
};

/** The turn of what is played: it sends nothing, and waits for nobody. */
export const freeTurn: Admitted = {
  status: 'admitted',
  permit: { heard: () => undefined, close: async () => undefined },
};
