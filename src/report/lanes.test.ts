import { expect, test } from 'vitest';
import { sampleEvents, sampleStartMs } from '../../test/support/sample-events.ts';
import {
  answered,
  failed,
  notPassed,
  planWith,
  primary,
  reviewed,
  validator,
} from '../../test/support/sample-run.ts';
import type { RunEvent } from '../domain/event.ts';
import { type Lane, laneMs, lanesAfter } from './lanes.ts';

const follow = (events: readonly RunEvent[], lanes: readonly Lane[] = []): readonly Lane[] =>
  events.reduce(lanesAfter, lanes);
const statesAt = (untilMs: number): readonly string[] =>
  follow(sampleEvents(untilMs)).map(({ state }) => state);

test.each([
  [0, ['queued', 'queued', 'substituted']],
  [500, ['asking', 'asking', 'substituted']],
  [1500, ['asking', 'retrying', 'substituted']],
  [4000, ['answered', 'retrying', 'substituted']],
  [5010, ['answered', 'failed', 'substituted']],
  [5500, ['answered', 'failed', 'asking']],
  [7000, ['answered', 'failed', 'answered']],
])('lanesAfter() the events of the first %i ms', (untilMs, states) => {
  expect(statesAt(untilMs)).toEqual(states);
});

test('lanesAfter() makes no lane before the plan', () => {
  const events = sampleEvents().slice(1);
  expect(follow(events)).toEqual([]);
});

test('lanesAfter() counts the characters that arrive, and again after a failed try', () => {
  const seat = 'primary-1';
  const arrived = { type: 'text-arrived', seat, text: 'abc', atMs: 1 } as const;
  const failure = { kind: 'network', message: 'Reset' } as const;
  const tryFailed = { type: 'try-failed', seat, tries: 1, failure, waitMs: 5, atMs: 2 } as const;
  const lanes = follow([arrived, arrived], follow(sampleEvents(500)));
  expect(lanes[0]?.characters).toBe(6);
  expect(follow([tryFailed], lanes)[0]).toMatchObject({ characters: 0, state: 'retrying' });
  expect(follow([tryFailed, arrived], lanes)[0]).toMatchObject({ characters: 3, state: 'asking' });
});

test('lanesAfter() knows what a model does, and forgets it after a failed try', () => {
  const seat = 'primary-1';
  const thinking = {
    type: 'progress-made',
    seat,
    doing: 'thinking',
    outputTokens: 40,
    atMs: 1,
  } as const;
  const failure = { kind: 'network', message: 'Reset' } as const;
  const tryFailed = { type: 'try-failed', seat, tries: 1, failure, waitMs: 5, atMs: 2 } as const;
  const [lane] = follow([thinking], follow(sampleEvents(500)));
  expect(lane).toMatchObject({ state: 'asking', doing: 'thinking', outputTokens: 40 });
  const [after] = follow([thinking, tryFailed], follow(sampleEvents(500)));
  expect(after).toMatchObject({ state: 'retrying', doing: null, outputTokens: null });
  expect(follow([tryFailed, thinking], follow(sampleEvents(500)))[0]).toMatchObject({
    state: 'asking',
    retryAtMs: null,
  });
});

test('lanesAfter() takes time, tokens and the choice from what is stored', () => {
  expect(follow(sampleEvents())[0]).toMatchObject({
    spentMs: 3800,
    startedAtMs: null,
    outputTokens: 340,
    chosen: true,
  });
});

test('lanesAfter() shows a resumed run, whose finished requests were never begun here', () => {
  const stored = sampleEvents().filter(({ type }) =>
    ['plan-made', 'attempt-ended', 'decision-made'].includes(type),
  );
  expect(follow(stored).map(({ state, spentMs }) => [state, spentMs])).toEqual([
    ['answered', 3800],
    ['failed', 5000],
    ['answered', 1200],
  ]);
});

test('lanesAfter() adds the time of a second request to that of the first', () => {
  const seat = 'validator-1';
  const value = answered(validator(1, 'gemini'), { durationMs: 500 });
  const events: readonly RunEvent[] = [
    { type: 'attempt-started', seat, runner: 'gemini', atMs: sampleStartMs + 7000 },
    { type: 'reattempt-ended', seat, value, atMs: sampleStartMs + 7500 },
  ];
  const asked = follow(events.slice(0, 1), follow(sampleEvents(6230)));
  expect(asked[2]).toMatchObject({ state: 'asking' });
  expect(asked[2] && laneMs(asked[2], sampleStartMs + 7300)).toBe(1500);
  expect(follow(events, follow(sampleEvents(6230)))[2]).toMatchObject({
    state: 'answered',
    spentMs: 1700,
  });
});

test('lanesAfter() notes what the checks and the validators say', () => {
  const noted = follow(
    [
      { type: 'verdict-given', seat: 'primary-1', value: notPassed('primary-1'), atMs: 1 },
      {
        type: 'review-given',
        seat: 'validator-1',
        value: reviewed('validator-1', 'reject'),
        atMs: 2,
      },
    ],
    follow(sampleEvents(6230)),
  );
  expect(noted.map(({ note }) => note)).toEqual([
    'does not pass its checks',
    'Timeout: No whole answer within 5 s',
    'rejects',
  ]);
});

test('lanesAfter() tells a seat that nobody was asked for from one that failed', () => {
  const seats = [primary(1, 'claude-code'), validator(1, 'gemini')] as const;
  const notAsked = { ...failed(seats[1], 'cancelled', 'Not asked'), tries: 0, durationMs: 0 };
  const absent = { ...failed(seats[0], 'not-installed', 'Not found'), tries: 0, durationMs: 0 };
  const lanes = follow([
    { type: 'plan-made', value: planWith(seats), atMs: 0 },
    { type: 'attempt-ended', seat: 'primary-1', value: absent, atMs: 1 },
    { type: 'attempt-ended', seat: 'validator-1', value: notAsked, atMs: 2 },
  ]);
  expect(lanes.map(({ state }) => state)).toEqual(['failed', 'not-asked']);
});

test('lanesAfter() leaves nothing waiting or asking when the run has ended', () => {
  const ended: RunEvent = { type: 'run-ended', status: 'cancelled', atMs: sampleStartMs + 2000 };
  expect(follow([ended], follow(sampleEvents(1500))).map(({ state }) => state)).toEqual([
    'failed',
    'failed',
    'not-asked',
  ]);
});

test('lanesAfter() leaves a seat that failed as it was when it was asked for something else', () => {
  const seat = 'primary-2';
  const before = follow(sampleEvents(5010))[1];
  const started = { type: 'attempt-started', seat, runner: 'codex', atMs: 6000 } as const;
  const value = failed(primary(2, 'codex'), 'overloaded', 'Busy');
  const judged = { type: 'judgement-ended', seat, value, atMs: 6100 } as const;
  const after = follow([started, judged], follow(sampleEvents(5010)))[1];
  expect(before).toMatchObject({ state: 'failed' });
  expect(after).toMatchObject({ state: 'failed', note: before?.note });
});
