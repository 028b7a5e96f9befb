import type { CreditCount, CreditQuery } from '../domain/credit.ts';
import type { HistoryStore } from '../domain/history.ts';
import type { ModelStats } from '../domain/stats.ts';
import { statsOf } from '../learn/stats-of.ts';

/** Sums up how the models fared in the runs of a history, and counts first every run that is not counted yet. */
export async function modelStats(
  store: HistoryStore,
  query: CreditQuery,
): Promise<readonly ModelStats[]> {
  return statsOf(await countAll(store, query));
}

async function countAll(store: HistoryStore, query: CreditQuery): Promise<readonly CreditCount[]> {
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const { counts, uncounted } = await store.credits(query);
    // One that cannot be counted, since another process writes all the time, does not hold this up.
    if (uncounted === 0 || uncounted >= before) return counts;
    before = uncounted;
  }
}
