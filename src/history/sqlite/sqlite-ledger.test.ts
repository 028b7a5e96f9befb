import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import type { HistoryStore } from '../../domain/history.ts';
import { describeLedger } from '../../testing/describe-ledger.ts';
import { sqliteHistory } from './sqlite-history.ts';

describeLedger(
  'sqliteLedger()',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    const stores: HistoryStore[] = [];
    return {
      open: async (tools) => {
        const store = sqliteHistory(join(folder, 'history.db'), tools);
        stores.push(store);
        if (!store.ledger) throw new Error('the history keeps no ledger');
        return store.ledger;
      },
      [Symbol.asyncDispose]: async () => {
        for (const store of stores) await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { describe, test },
);
