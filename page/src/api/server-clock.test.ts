import { expect, test } from 'vitest';
import { type ServerClock, serverClock } from './server-clock.ts';

/** A clock whose ticks are turned by hand. */
function open(): ServerClock & { readonly pass: (durationMs: number) => void } {
  let ticks = 500;
  const clock = serverClock(() => ticks);
  return {
    ...clock,
    pass: (durationMs) => {
      ticks += durationMs;
    },
  };
}

test('serverClock() goes on from what it heard', () => {
  const { hear, now, pass } = open();
  hear(10_000);
  pass(250);
  expect(now()).toBe(10_250);
});

test('serverClock() believes the latest of what it heard, and is not set back by what is older', () => {
  const { hear, now, pass } = open();
  hear(10_000);
  hear(10_400);
  pass(100);
  hear(9000);
  expect(now()).toBe(10_500);
});

test('serverClock() passes over what is no time', () => {
  const { hear, now } = open();
  hear(10_000);
  hear(Number.NaN);
  expect(now()).toBe(10_000);
});
