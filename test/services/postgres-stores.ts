import type { HistoryStore } from '../../src/domain/history.ts';
import { postgresHistory } from '../../src/history/postgres/postgres-history.ts';
import type { SharedPlace } from '../../src/testing/processes-on-place.ts';
import { postgresDatabase } from './postgres-database.ts';

/** Makes a database of its own, in which processes open a part of the history: its ledger, its limits. */
export async function postgresStores<Part>(
  partOf: (store: HistoryStore) => Part | undefined,
): Promise<SharedPlace<Part>> {
  const database = await postgresDatabase();
  const stores: HistoryStore[] = [];
  return {
    open: async (tools) => {
      const store = await postgresHistory(database, tools, { time: 'tools', lookMs: 0 });
      stores.push(store);
      const part = partOf(store);
      if (part === undefined) throw new Error('the history has no such part');
      return part;
    },
    [Symbol.asyncDispose]: async () => {
      for (const store of stores) await store.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
