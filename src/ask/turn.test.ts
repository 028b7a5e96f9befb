import { describe, expect, test } from 'vitest';
import { limit } from '../lib/limit.ts';
import { queueAdmission } from '../limits/queue-admission.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { turn } from './turn.ts';

const wish = { runner: 'a', promptLength: 1, expected: { costUsd: null, tokens: 1 } };

describe('turn()', () => {
  test('waits no longer than the run lasts', async () => {
    const clock = virtualClock();
    const queue = limit(0);
    const { signal } = new AbortController();
    const waiting = turn(queueAdmission(queue), wish, { clock, signal, runEndsAtMs: 500 });
    await clock.advance(500);
    expect(await waiting).toMatchObject({ status: 'refused', failure: { kind: 'timed-out' } });
  });

  test('leaves no timer behind, and tells a cancellation from the end of the run', async () => {
    const clock = virtualClock();
    const cancel = new AbortController();
    const limits = { clock, signal: cancel.signal, runEndsAtMs: 500 };
    expect(await turn(queueAdmission(limit(1)), wish, limits)).toMatchObject({
      status: 'admitted',
    });
    expect(clock.waiting).toBe(0);
    const waiting = turn(queueAdmission(limit(0)), wish, limits);
    cancel.abort();
    expect(await waiting).toMatchObject({ failure: { kind: 'cancelled' } });
  });
});
