import { expect, test } from 'vitest';
import { virtualClock } from './virtual-clock.ts';

const { signal } = new AbortController();

test('virtualClock() stands still until it is advanced', async () => {
  const clock = virtualClock({ startMs: 1000 });
  let rung = false;
  clock.after(100, () => {
    rung = true;
  });
  await clock.advance(99);
  expect([rung, clock.elapsed(), clock.now(), clock.waiting]).toEqual([false, 99, 1099, 1]);
  await clock.advance(1);
  expect([rung, clock.elapsed(), clock.now(), clock.waiting]).toEqual([true, 100, 1100, 0]);
});

test('virtualClock() rings each timer at its own time and in the order of setting', async () => {
  const clock = virtualClock();
  const rung: string[] = [];
  for (const [name, atMs] of [
    ['late', 30],
    ['early', 10],
    ['early too', 10],
  ] as const) {
    clock.after(atMs, () => rung.push(`${name} ${clock.elapsed()}`));
  }
  await clock.advance(50);
  expect(rung).toEqual(['early 10', 'early too 10', 'late 30']);
});

test('virtualClock() rings timers that are set while it advances', async () => {
  const clock = virtualClock();
  const woken: number[] = [];
  const walk = async (): Promise<void> => {
    for (let step = 0; step < 3; step += 1) {
      await clock.sleep(10, signal);
      woken.push(clock.elapsed());
    }
  };
  const walked = walk();
  await clock.advance(30);
  await walked;
  expect(woken).toEqual([10, 20, 30]);
});

test('virtualClock() does not ring a cancelled timer', async () => {
  const clock = virtualClock();
  let rung = false;
  clock.after(10, () => {
    rung = true;
  })();
  await clock.advance(20);
  expect([rung, clock.waiting]).toEqual([false, 0]);
});

test.each([
  ['before', AbortSignal.abort()],
  ['while it sleeps', undefined],
])('virtualClock() ends a sleep at once when the signal aborts %s', async (_, aborted) => {
  const clock = virtualClock();
  const controller = new AbortController();
  const slept: Promise<void> = clock.sleep(1000, aborted ?? controller.signal);
  controller.abort();
  await slept;
  expect([clock.elapsed(), clock.waiting]).toEqual([0, 0]);
});

test('virtualClock() runs by itself through an hour of sleeps with auto', async () => {
  const clock = virtualClock({ auto: true });
  for (let minute = 0; minute < 60; minute += 1) await clock.sleep(60_000, signal);
  expect(clock.elapsed()).toBe(3_600_000);
});

test('virtualClock() lets the nearer of two sleepers go first with auto', async () => {
  const clock = virtualClock({ auto: true });
  const first = await Promise.race([
    clock.sleep(2000, signal).then(() => 'limit'),
    clock.sleep(1999, signal).then(() => 'answer'),
  ]);
  expect(first).toBe('answer');
});
