import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { describeHistory } from '../../testing/describe-history.ts';
import { sqliteHistory } from './sqlite-history.ts';

describeHistory(
  'sqliteHistory()',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'history-'));
    return {
      open: async (tools) => sqliteHistory(join(folder, 'deep', 'history.db'), tools),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    };
  },
  { describe, test },
);
