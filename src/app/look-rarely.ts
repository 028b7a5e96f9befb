import type { Availability } from '../domain/availability.ts';
import type { Clock } from '../domain/clock.ts';
import type { RunnerPool } from './runner-pool.ts';

/** Milliseconds for which a look at who can be asked is good: programs are not installed by the dozen. */
const goodMs = 1000;

/** What looks who can be asked. */
type Look = Pick<RunnerPool, 'availability'>;

/** Lets runs that begin within a second share one look at who can be asked, which goes through every folder of PATH. */
export function lookRarely(pool: Look, clock: Pick<Clock, 'elapsed'>): Look {
  let fromMs = Number.NEGATIVE_INFINITY;
  const looks = new Map<string, Promise<ReadonlyMap<string, Availability>>>();
  return {
    availability: (named = []) => {
      if (clock.elapsed() - fromMs >= goodMs) {
        looks.clear();
        fromMs = clock.elapsed();
      }
      const key = JSON.stringify(named);
      const look = looks.get(key) ?? pool.availability(named);
      looks.set(key, look);
      return look;
    },
  };
}
