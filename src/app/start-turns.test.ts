import { expect, test } from 'vitest';
import { startTurns } from './start-turns.ts';

const never = new AbortController().signal;

test('take() lets a bounded number of runs be prepared, and the next as soon as one has its turn behind it', async () => {
  const turns = startTurns();
  const first = await turns.take(undefined);
  for (let taken = 1; taken < 16; taken += 1) await turns.take(never);
  const order: string[] = [];
  const coming = ['a', 'b'].map(async (name) => {
    const turn = await turns.take(never);
    order.push(name);
    return turn;
  });
  expect(order).toEqual([]);
  first.end();
  first.end();
  first[Symbol.dispose]();
  const second = await coming[0];
  expect(order).toEqual(['a']);
  second?.[Symbol.dispose]();
  await coming[1];
  expect(order).toEqual(['a', 'b']);
});

test('take() waits no longer than until the signal aborts', async () => {
  const turns = startTurns();
  for (let taken = 0; taken < 16; taken += 1) await turns.take(never);
  const cancel = new AbortController();
  const waiting = turns.take(cancel.signal);
  cancel.abort();
  const turn = await waiting;
  turn.end();
  expect(turn).toBeDefined();
});
