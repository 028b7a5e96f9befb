import { describe, expect, test } from 'vitest';
import { limit } from './limit.ts';

const never = new AbortController().signal;

describe('limit()', () => {
  test('admits as many as it may and the next when one leaves, first come, first served', async () => {
    const queue = limit(2);
    const order: string[] = [];
    const first = await queue.enter(never);
    await queue.enter(never);
    const waiting = ['third', 'fourth'].map(async (name) => {
      const leave = await queue.enter(never);
      order.push(name);
      return leave;
    });
    expect(order).toEqual([]);
    first?.();
    const third = await waiting[0];
    expect(order).toEqual(['third']);
    third?.();
    await waiting[1];
    expect(order).toEqual(['third', 'fourth']);
  });

  test('gives up waiting when the signal aborts, and gives the place to the next', async () => {
    const queue = limit(1);
    const leave = await queue.enter(never);
    const impatient = new AbortController();
    const gaveUp = queue.enter(impatient.signal);
    const patient = queue.enter(never);
    impatient.abort();
    expect(await gaveUp).toBeUndefined();
    leave?.();
    expect(await patient).toBeTypeOf('function');
  });

  test('admits nobody whose signal has aborted already', async () => {
    expect(await limit(1).enter(AbortSignal.abort())).toBeUndefined();
  });

  test('admits all at once when there is no limit', async () => {
    const queue = limit(Number.POSITIVE_INFINITY);
    const all = await Promise.all(Array.from({ length: 100 }, () => queue.enter(never)));
    expect(all.every((leave) => typeof leave === 'function')).toBe(true);
  });
});
