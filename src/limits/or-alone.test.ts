import { describe, expect, test } from 'vitest';
import type { SharedLimits } from '../domain/shared-limits.ts';
import { memoryLimits } from './memory-limits.ts';
import { orAlone } from './or-alone.ts';

const tools = { now: () => 1, holder: 'me', isGone: () => false };
const wish = { bounds: [], tokens: 0 };

/** Limits that can be used until they are broken. */
function breakable() {
  const limits = memoryLimits(tools);
  let broken: Error | undefined;
  const guard = <Result>(use: () => Promise<Result>): Promise<Result> =>
    broken ? Promise.reject(broken) : use();
  const shared: SharedLimits = {
    ...limits,
    change: (key, make) => guard(() => limits.change(key, make)),
    standings: () => guard(() => limits.standings()),
    enter: async (asked) => {
      const entering = await guard(() => limits.enter(asked));
      if (entering.status === 'full') return entering;
      const { held, leave } = entering.place;
      return { status: 'entered', place: { held, leave: (used) => guard(() => leave(used)) } };
    },
  };
  const breakNow = (): void => {
    broken = new Error('disk I/O error');
  };
  return { shared, breakNow };
}

describe('orAlone()', () => {
  test('goes on alone when the shared limits cannot be used, and tells it once', async () => {
    const { shared, breakNow } = breakable();
    const told: unknown[] = [];
    const limits = orAlone(shared, memoryLimits(tools), (error) => told.push(error));
    await limits.change('k', () => ({ quotaUntilMs: 5 }));
    const entering = await limits.enter(wish);
    breakNow();
    if (entering.status === 'entered') await entering.place.leave(1);
    expect((await limits.standings()).size).toBe(0);
    await limits.change('k', () => ({ quotaUntilMs: 6 }));
    expect((await limits.standings()).get('k')).toEqual({ quotaUntilMs: 6 });
    expect(await limits.enter(wish)).toMatchObject({ status: 'entered' });
    expect(told).toEqual([new Error('disk I/O error')]);
  });
});
