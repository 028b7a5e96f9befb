import { describe, test } from 'vitest';
import { describeHistory } from '../testing/describe-history.ts';
import { type MemoryRuns, memoryStore } from './memory-store.ts';

describeHistory(
  'memoryStore()',
  async () => {
    const runs: MemoryRuns = new Map();
    return {
      open: async (tools) => memoryStore(tools, runs),
      [Symbol.asyncDispose]: async () => runs.clear(),
    };
  },
  { describe, test },
);
