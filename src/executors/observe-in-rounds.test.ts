import { expect, test } from 'vitest';
import type { Observation } from '../domain/executor.ts';
import type { Call } from '../domain/test-case.ts';
import { defaultExecutionLimits } from './execution-limits.ts';
import { observeInRounds, type RoundRequest } from './observe-in-rounds.ts';
import type { Round, RoundEnd } from './round.ts';

const calls: readonly Call[] = ['0', '1', '2', '3'].map((name) => ({
  kind: 'call',
  name,
  args: [],
}));
const ok: Observation = { kind: 'returned', value: null, printed: '', changed: [] };
const crashed: RoundEnd = { status: 'crashed', how: 'SIGSEGV' };
const timedOut = (by: 'cpu' | 'wall', isExact = true): RoundEnd => ({
  status: 'timed-out',
  by,
  limitMs: 5,
  isExact,
});

function round(seen: number, end: RoundEnd, more: Partial<Round> = {}): Round {
  return { hasLoaded: true, observations: Array(seen).fill(ok), end, cpuMs: 1, wallMs: 1, ...more };
}

/** Plays rounds in order, and what each was asked for: the calls, with a star where it was to be alone. */
async function play(
  rounds: readonly (Round | undefined)[],
  given: readonly Call[] = calls,
): Promise<{ readonly kinds: readonly string[]; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const queue = [...rounds];
  const run = async (request: RoundRequest): Promise<Round | undefined> => {
    const names = request.calls.map((call) => (call.kind === 'call' ? call.name : call.kind));
    asked.push(`${names.join('')}${request.alone ? '*' : ''}`);
    return queue.shift();
  };
  const seen = await observeInRounds(given, run, defaultExecutionLimits);
  return { kinds: seen.map(({ kind }) => kind), asked };
}

const done: RoundEnd = { status: 'done' };

test('observeInRounds() makes all calls in one process when none ends it', async () => {
  const { kinds, asked } = await play([round(4, done)]);
  expect(kinds).toEqual(Array(4).fill('returned'));
  expect(asked).toEqual(['0123']);
});

test('observeInRounds() blames a call for a crash only when it was the first in its process', async () => {
  const { kinds, asked } = await play([round(1, crashed), round(0, crashed), round(2, done)]);
  expect(kinds).toEqual(['returned', 'crashed', 'returned', 'returned']);
  expect(asked).toEqual(['0123', '123', '23']);
});

test('observeInRounds() does not blame a call for what earlier calls used up', async () => {
  const { kinds, asked } = await play([round(2, timedOut('cpu', false)), round(2, done)]);
  expect(kinds).toEqual(Array(4).fill('returned'));
  expect(asked).toEqual(['0123', '23']);
});

test('observeInRounds() blames a call at once whose own time was measured', async () => {
  const { kinds, asked } = await play([round(2, timedOut('cpu')), round(1, done)]);
  expect(kinds).toEqual(['returned', 'returned', 'timed-out', 'returned']);
  expect(asked).toEqual(['0123', '3']);
});

test('observeInRounds() tries a call alone that was over its time on the clock', async () => {
  const { kinds, asked } = await play([
    round(1, timedOut('wall')),
    round(0, timedOut('wall')),
    round(2, done),
  ]);
  expect(kinds).toEqual(['returned', 'timed-out', 'returned', 'returned']);
  expect(asked).toEqual(['0123', '123*', '23']);
});

test('observeInRounds() makes no call after the third that timed out', async () => {
  const { kinds } = await play([1, 2, 3].map(() => round(0, timedOut('cpu'))));
  expect(kinds).toEqual(['timed-out', 'timed-out', 'timed-out', 'not-run']);
});

test('observeInRounds() says the same of every call of a program that cannot be loaded', async () => {
  const observation: Observation = {
    kind: 'raised',
    error: 'SyntaxError',
    message: '',
    printed: '',
  };
  const broken = await play([round(0, { status: 'broken', observation }, { hasLoaded: false })]);
  expect(broken.kinds).toEqual(Array(4).fill('raised'));
  const dead = await play([round(0, crashed, { hasLoaded: false })]);
  expect(dead.kinds).toEqual(Array(4).fill('crashed'));
});

test.each([
  ['the job has used up its time', round(1, done, { cpuMs: defaultExecutionLimits.jobCpuMs })],
  ['the job has used up its time on the clock', round(1, done, { wallMs: 1e9 })],
  ['nothing can be run', round(1, { status: 'failed', because: 'no sandbox' })],
])('observeInRounds() makes no more calls when %s', async (_, only) => {
  const { kinds, asked } = await play([only]);
  expect(kinds).toEqual(['returned', ...Array(3).fill('not-run')]);
  expect(asked).toHaveLength(1);
});

test('observeInRounds() has a row for every call when it is cancelled', async () => {
  const { kinds } = await play([round(1, crashed), undefined]);
  expect(kinds).toEqual(['returned', 'not-run', 'not-run', 'not-run']);
});

test('observeInRounds() runs a whole program in a process of its own', async () => {
  const whole: Call = { kind: 'program', stdin: '' };
  const [first = whole] = calls;
  const { kinds, asked } = await play(
    [1, 1, 1].map((seen) => round(seen, done)),
    [first, whole, whole],
  );
  expect(kinds).toEqual(Array(3).fill('returned'));
  expect(asked).toEqual(['0', 'program', 'program']);
});
