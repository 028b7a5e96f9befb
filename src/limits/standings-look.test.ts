import { expect, test, vi } from 'vitest';
import type { SharedLimits } from '../domain/shared-limits.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { memoryLimits, memoryState } from './memory-limits.ts';
import { standingsLook } from './standings-look.ts';

test('standingsLook() looks again after a look that failed', async () => {
  const state = memoryState();
  state.standings.set('runner a', { quotaUntilMs: 5 });
  const kept = memoryLimits({ holder: 'this', isGone: () => false, now: () => 0 }, state);
  const standings = vi.fn<SharedLimits['standings']>(kept.standings);
  standings.mockRejectedValueOnce(new Error('it is away'));
  const look = standingsLook({ ...kept, standings }, virtualClock());
  await expect(look.refresh()).rejects.toThrow('it is away');
  await look.refresh();
  expect(look.of('runner a')).toEqual({ quotaUntilMs: 5 });
});
