import type { BegunRun, OnLooker, RunObserver } from '../domain/run-observer.ts';

/** Joins all who look on at a run; one that throws hears nothing further, and the run goes on. */
export async function lookedOn(
  run: BegunRun,
  observers: readonly RunObserver[],
): Promise<OnLooker> {
  const begun = await Promise.allSettled(observers.map(async (observe) => observe(run)));
  const lookers = new Set(begun.flatMap((it) => (it.status === 'fulfilled' ? it.value : [])));
  const each = (tell: (looker: OnLooker) => void): void => {
    for (const looker of lookers) {
      try {
        tell(looker);
      } catch {
        lookers.delete(looker);
      }
    }
  };
  return {
    hear: (event) => each((looker) => looker.hear(event)),
    close: () => each((looker) => looker.close()),
  };
}
