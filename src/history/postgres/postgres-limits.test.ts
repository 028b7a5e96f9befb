import { describe, expect, test } from 'vitest';
import { noPostgres, postgresDatabase } from '../../../test/services/postgres-database.ts';
import { postgresStores } from '../../../test/services/postgres-stores.ts';
import type { SharedLimits } from '../../domain/shared-limits.ts';
import { describeSharedLimits } from '../../testing/describe-shared-limits.ts';
import { postgresHistory } from './postgres-history.ts';

const because = noPostgres();

describe.skipIf(because)(`on a real server${because ? `, skipped: ${because}` : ''}`, () => {
  describeSharedLimits('postgresLimits()', () => postgresStores(({ limits }) => limits), {
    describe,
    test,
  });

  test('postgresLimits() gives the places of a process free when its connection ends, and counts it again when it is back', async () => {
    await using database = await postgresDatabase();
    await using open = new AsyncDisposableStack();
    const limitsOf = async (holder: string): Promise<SharedLimits> => {
      const tools = { now: Date.now, holder, isGone: () => false };
      const store = await postgresHistory(database, tools, { lookMs: 0 });
      open.defer(() => store.close());
      if (!store.limits) throw new Error('the history keeps no limits');
      return store.limits;
    };
    const [dead, alive] = [await limitsOf('a'), await limitsOf('b')];
    const limits = { requestsPerMinute: undefined, tokensPerMinute: undefined };
    const one = { bounds: [{ key: 'k', concurrency: 1, ...limits }], tokens: 0 };
    expect((await dead.enter(one)).status).toBe('entered');
    expect((await alive.enter(one)).status).toBe('full');
    await database.query(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_locks JOIN orchestrator.sessions ON objid::bigint = number
       WHERE locktype = 'advisory' AND granted AND holder = 'a'`,
    );
    const entering = await alive.enter(one);
    expect(entering.status).toBe('entered');
    await dead.enter(one).catch(() => undefined);
    expect((await dead.enter(one)).status).toBe('full');
    if (entering.status === 'entered') await entering.place.leave(0);
    expect((await dead.enter(one)).status).toBe('entered');
  });

  test('postgresLimits() wakes who waits when a place comes free', async () => {
    await using database = await postgresDatabase();
    await using open = new AsyncDisposableStack();
    const limitsOf = async (holder: string): Promise<SharedLimits> => {
      const store = await postgresHistory(database, { now: Date.now, holder, isGone: () => false });
      open.defer(() => store.close());
      if (!store.limits) throw new Error('the history keeps no limits');
      return store.limits;
    };
    const [first, second] = [await limitsOf('a'), await limitsOf('b')];
    const limits = { requestsPerMinute: undefined, tokensPerMinute: undefined };
    const one = { bounds: [{ key: 'k', concurrency: 1, ...limits }], tokens: 0 };
    const entering = await first.enter(one);
    expect((await second.enter(one)).status).toBe('full');
    const woken = new Promise<void>((resolve) => second.onRoom?.(resolve));
    if (entering.status === 'entered') await entering.place.leave(0);
    await woken;
  });
});
