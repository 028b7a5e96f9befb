import { expect, test } from 'vitest';
import { memoryStore } from '../history/memory-store.ts';
import { task } from '../testing/builders.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { removeOlder } from './remove-older.ts';

async function storeOf(count: number) {
  const store = memoryStore({ now: () => 0, holder: 'a', isGone: () => true });
  for (let number = 0; number < count; number += 1) {
    await store.begin({ type: 'run-started', task: task(`${number}`), atMs: number });
  }
  return store;
}

const left = async (store: Awaited<ReturnType<typeof storeOf>>) =>
  (await store.list({})).map(({ text }) => text);

test('removeOlder() removes what is older in parts, and nothing else', async () => {
  const store = await storeOf(12);
  const clock = virtualClock({ auto: true });
  const removing = removeOlder(store, 11, clock);
  await expect.poll(() => left(store)).toEqual(['11']);
  await removing.stop();
});

test('removeOlder() stops after the part that was begun', async () => {
  const store = await storeOf(12);
  const removing = removeOlder(store, 12, virtualClock());
  await removing.stop();
  expect(await left(store)).toHaveLength(7);
});

test('removeOlder() leaves the rest of very many to the next time', async () => {
  const store = await storeOf(120);
  const clock = virtualClock({ auto: true });
  const removing = removeOlder(store, 120, clock);
  await expect.poll(async () => (await left(store)).length).toBe(20);
  await removing.stop();
});
