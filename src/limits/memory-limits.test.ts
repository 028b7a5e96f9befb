import { describe, test } from 'vitest';
import { describeSharedLimits } from '../testing/describe-shared-limits.ts';
import { memoryLimits, memoryState } from './memory-limits.ts';

describeSharedLimits(
  'memoryLimits()',
  async () => {
    const state = memoryState();
    return {
      open: async (tools) => memoryLimits(tools, state),
      [Symbol.asyncDispose]: async () => state.standings.clear(),
    };
  },
  { describe, test },
);
