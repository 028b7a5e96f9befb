import type { Clock } from '../domain/clock.ts';
import { placeLeaseMs, type SharedLimits } from '../domain/shared-limits.ts';

/** Renews places as long as there are any. */
export interface HeldPlaces {
  add(): void;
  remove(): void;
}

/** Keeps the places of this process from lapsing. */
export function heldPlaces(shared: SharedLimits, clock: Clock): HeldPlaces {
  let count = 0;
  let stop: (() => void) | undefined;
  const renewLater = (): void => {
    stop = clock.after(placeLeaseMs / 3, () => {
      void shared.renew();
      renewLater();
    });
  };
  return {
    add: () => {
      count += 1;
      if (count === 1) renewLater();
    },
    remove: () => {
      count -= 1;
      if (count === 0) stop?.();
    },
  };
}
