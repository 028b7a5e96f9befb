import { describe, test } from 'vitest';
import { noPostgres, postgresDatabase } from '../../../test/services/postgres-database.ts';
import type { HistoryStore } from '../../domain/history.ts';
import { describeLedger } from '../../testing/describe-ledger.ts';
import { postgresHistory } from './postgres-history.ts';

const because = noPostgres();

describe.skipIf(because)(`on a real server${because ? `, skipped: ${because}` : ''}`, () => {
  describeLedger(
    'postgresLedger()',
    async () => {
      const database = await postgresDatabase();
      const stores: HistoryStore[] = [];
      return {
        open: async (tools) => {
          const store = await postgresHistory(database, tools, { time: 'tools', lookMs: 0 });
          stores.push(store);
          if (!store.ledger) throw new Error('the history keeps no ledger');
          return store.ledger;
        },
        [Symbol.asyncDispose]: async () => {
          for (const store of stores) await store.close();
          await database[Symbol.asyncDispose]();
        },
      };
    },
    { describe, test },
  );
});
