import type { HistoryStore, KeptEvent, RunSummary } from '../domain/history.ts';

/** Finds where a run stands, by its id and its events; undefined for one that was deleted meanwhile. */
export async function runOf(
  store: HistoryStore,
  id: string,
  [first]: readonly KeptEvent[],
): Promise<RunSummary | undefined> {
  if (!first) return undefined;
  const begun = await store.list({ sinceMs: first.atMs, beforeMs: first.atMs + 1 });
  return begun.find((run) => run.id === id);
}
