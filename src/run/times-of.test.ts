import { expect, test } from 'vitest';
import type { KeptEvent } from '../domain/history.ts';
import { task } from '../testing/builders.ts';
import { timesOf } from './times-of.ts';

const started: KeptEvent = { type: 'run-started', task: task('x'), atMs: 1000 };
const ended: KeptEvent = { type: 'run-ended', status: 'failed', atMs: 1700 };

test('timesOf() is the time from the first event to the last', () => {
  expect(timesOf([started, ended])).toEqual({ startedAtMs: 1000, durationMs: 700 });
});

test('timesOf() leaves out the time in which nobody went on with the run', () => {
  const settled: KeptEvent = { type: 'settlement-made', value: null, atMs: 1200 };
  const resumed: KeptEvent = { type: 'run-resumed', atMs: 9000 };
  const times = timesOf([started, settled, resumed, { ...ended, atMs: 9050 }]);
  expect(times).toEqual({ startedAtMs: 1000, durationMs: 250 });
});
