import { describe, test } from 'vitest';
import { describeLedger } from '../testing/describe-ledger.ts';
import { type MemoryEntries, memoryLedger } from './memory-ledger.ts';

describeLedger(
  'memoryLedger()',
  async () => {
    const entries: MemoryEntries = new Set();
    return {
      open: async (tools) => memoryLedger(tools, entries),
      [Symbol.asyncDispose]: async () => entries.clear(),
    };
  },
  { describe, test },
);
