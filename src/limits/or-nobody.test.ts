import { expect, test } from 'vitest';
import type { PlaceWish, SharedLimits } from '../domain/shared-limits.ts';
import { memoryLimits } from './memory-limits.ts';
import { orNobody } from './or-nobody.ts';

const wish: PlaceWish = {
  bounds: [{ key: 'k', concurrency: 2, requestsPerMinute: undefined, tokensPerMinute: undefined }],
  tokens: 0,
};

/** Limits that can be made to fail. */
function failing(): { readonly limits: SharedLimits; isAway: boolean } {
  const kept = memoryLimits({ now: () => 5, holder: 'me', isGone: () => false });
  const world: { isAway: boolean } = { isAway: false };
  const or = async <Result>(use: () => Promise<Result>): Promise<Result> => {
    if (world.isAway) throw new Error('no server');
    return use();
  };
  const limits: SharedLimits = {
    ...kept,
    standings: () => or(() => kept.standings()),
    change: (key, make) => or(() => kept.change(key, make)),
    enter: (asked) => or(() => kept.enter(asked)),
  };
  return Object.assign(world, { limits });
}

test('orNobody() lets nobody in while the shared limits fail, and again when they do not', async () => {
  const world = failing();
  const told: unknown[] = [];
  const limits = orNobody(world.limits, (error) => told.push(error));
  world.isAway = true;
  for (const _ of [1, 2]) {
    expect(await limits.enter(wish)).toEqual({ status: 'full', key: 'k', retryMs: 250 });
  }
  expect(told).toEqual([new Error('no server')]);
  world.isAway = false;
  expect((await limits.enter(wish)).status).toBe('entered');
  world.isAway = true;
  expect((await limits.enter(wish)).status).toBe('full');
  expect(told).toHaveLength(2);
});

test('orNobody() remembers what was known before the shared limits failed', async () => {
  const world = failing();
  const limits = orNobody(world.limits, () => undefined);
  await limits.change('k', () => ({ quotaUntilMs: 7 }));
  await limits.standings();
  world.isAway = true;
  expect(await limits.standings()).toEqual(new Map([['k', { quotaUntilMs: 7 }]]));
  expect(await limits.change('k', (before) => ({ ...before, pausedUntilMs: 9 }))).toEqual({
    quotaUntilMs: 7,
    pausedUntilMs: 9,
  });
});
