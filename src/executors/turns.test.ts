import { expect, test } from 'vitest';
import { type Release, Turns } from './turns.ts';

const signal = new AbortController().signal;

/** The state of several requests after everything that can go on has gone on. */
async function settle(): Promise<void> {
  for (let step = 0; step < 10; step += 1) await Promise.resolve();
}

function ask(
  turns: Turns,
  log: string[],
  [name, alone]: readonly [string, boolean],
): Promise<Release | undefined> {
  return turns.take(signal, { alone }).then((release) => {
    log.push(name);
    return release;
  });
}

test('Turns lets as many in as there is room for, in the order in which they came', async () => {
  const turns = new Turns(2);
  const log: string[] = [];
  const first = await ask(turns, log, ['a', false]);
  await ask(turns, log, ['b', false]);
  void ask(turns, log, ['c', false]);
  void ask(turns, log, ['d', false]);
  await settle();
  expect(log).toEqual(['a', 'b']);
  first?.();
  await settle();
  expect(log).toEqual(['a', 'b', 'c']);
});

test('Turns lets one that wants to be alone in when nobody is inside, and nobody beside it', async () => {
  const turns = new Turns(2);
  const log: string[] = [];
  const first = await ask(turns, log, ['a', false]);
  const alone = ask(turns, log, ['alone', true]);
  void ask(turns, log, ['b', false]);
  await settle();
  expect(log).toEqual(['a']);
  first?.();
  const release = await alone;
  await settle();
  expect(log).toEqual(['a', 'alone']);
  release?.();
  await settle();
  expect(log).toEqual(['a', 'alone', 'b']);
});

test('Turns lets nobody in whose signal has aborted, and goes on with the next', async () => {
  const turns = new Turns(1);
  const log: string[] = [];
  const first = await ask(turns, log, ['a', false]);
  const stop = new AbortController();
  const given = turns.take(stop.signal, { alone: false });
  const next = ask(turns, log, ['b', false]);
  stop.abort();
  expect(await given).toBeUndefined();
  first?.();
  await next;
  expect(await turns.take(stop.signal, { alone: false })).toBeUndefined();
});
