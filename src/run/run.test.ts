import { describe, expect, test } from 'vitest';
import type { Task } from '../domain/task.ts';
import { answers, fails, hangs, type Script } from '../testing/scripted-runner.ts';
import { recordOf, scriptedWorld } from '../testing/scripted-world.ts';
import { fold } from './fold.ts';

const task: Task = {
  text: 'Write add(a, b)',
  context: [],
  mode: 'medium',
  models: undefined,
  validators: undefined,
  strict: false,
};
const code = answers('```python\ndef add(a, b):\n    return a + b\n```');
const accept = answers('{"verdict": "accept", "summary": "Right", "findings": []}');

const world = (scripts: Readonly<Record<string, Script>>) => scriptedWorld(scripts, { task });

describe('run()', () => {
  test('asks the primaries, then the validator, and has one row for each seat', async () => {
    const { play, runnerOf } = world({ a: [code], b: [code], v: [accept] });
    const record = recordOf(await play());
    expect(record).toMatchObject({ status: 'complete', validation: { needsHumanReview: false } });
    expect(record.attempts.map(({ seat, runner }) => `${seat} ${runner}`)).toEqual([
      'primary-1 a',
      'primary-2 b',
      'validator-1 v',
    ]);
    expect(record.candidates).toHaveLength(2);
    expect(record.verdicts).toHaveLength(2);
    expect(runnerOf('v').prompts[0]?.text).toContain('return a + b');
  });

  test('goes on without a model that hangs, and is degraded', async () => {
    const { play } = world({ a: [hangs()], b: [code], v: [accept] });
    const record = recordOf(await play());
    expect(record).toMatchObject({ status: 'degraded', decision: { chosen: 'primary-2' } });
    expect(record.attempts[0]).toMatchObject({ failure: { kind: 'timed-out' } });
  });

  test('checks an answer while others are waited for', async () => {
    const { play } = world({ a: [code], b: [hangs()], v: [accept] });
    const events = await play();
    const placeOf = (type: string, seat: string): number =>
      events.findIndex((event) => 'seat' in event && event.type === type && event.seat === seat);
    const [checked, ended] = [
      placeOf('verdict-given', 'primary-1'),
      placeOf('attempt-ended', 'primary-2'),
    ];
    expect(checked).toBeGreaterThan(placeOf('attempt-ended', 'primary-1'));
    expect(checked).toBeLessThan(ended);
  });

  test('asks no validator when there is nothing to review, and keeps its row', async () => {
    const { play, runnerOf } = world({
      a: [fails('unauthorized')],
      b: [fails('network')],
      v: [accept],
    });
    const record = recordOf(await play());
    expect(record).toMatchObject({ status: 'failed', decision: { chosen: null } });
    expect(record.attempts).toHaveLength(3);
    expect(runnerOf('v').prompts).toEqual([]);
  });

  test('asks a validator once more, in stricter words, when its reply cannot be read', async () => {
    const usage = { inputTokens: 5, outputTokens: 7 };
    const muddled = answers('Looks fine to me', { usage, costUsd: 0.1 });
    const clear = answers('{"verdict": "reject", "summary": "Wrong", "findings": []}', {
      usage,
      costUsd: 0.2,
    });
    const { play, runnerOf } = world({ a: [code], b: [code], v: [muddled, clear] });
    const record = recordOf(await play());
    const [first, second] = runnerOf('v').prompts;
    expect(second).not.toEqual(first);
    expect(record.validation.reviews[0]).toMatchObject({ status: 'reviewed', verdict: 'reject' });
    expect(record.attempts[2]).toMatchObject({
      tries: 2,
      usage: { inputTokens: 10, outputTokens: 14 },
      costUsd: expect.closeTo(0.3),
    });
  });

  test('is degraded when the validator cannot be read twice', async () => {
    const { play, runnerOf } = world({
      a: [code],
      b: [code],
      v: [answers('Fine'), answers('Still fine')],
    });
    const record = recordOf(await play());
    expect(record).toMatchObject({ status: 'degraded', validation: { needsHumanReview: true } });
    expect(runnerOf('v').prompts).toHaveLength(2);
  });

  test('repeats no finished model call when it goes on after any of its events', async () => {
    const whole = world({ a: [code], b: [fails('refused')], v: [answers('?'), accept] });
    const events = await whole.play();
    const calls = whole.asked();
    expect(calls).toBe(4);
    const expected = recordOf(events);
    for (let kept = 1; kept < events.length; kept++) {
      const known = events.slice(0, kept);
      const finished = known.filter(
        ({ type }) => type === 'attempt-ended' || type === 'reattempt-ended',
      );
      const resumed = world({
        a: [code],
        b: [fails('refused')],
        v: finished.length < 3 ? [answers('?'), accept] : [accept],
      });
      const record = recordOf(await resumed.play(known));
      expect(resumed.asked()).toBe(calls - finished.length);
      expect(record.decision).toEqual(expected.decision);
      expect(record.validation).toEqual(expected.validation);
    }
  });

  test('keeps every row when it is cancelled before it begins', async () => {
    const { play, asked } = world({ a: [code], b: [code], v: [accept] });
    const record = recordOf(await play([], AbortSignal.abort()));
    expect(record.status).toBe('cancelled');
    expect(record.attempts.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(asked()).toBe(0);
  });
});

test('fold() is undefined while the run is not finished', () => {
  expect(
    fold([{ type: 'run-started', task }], { id: 'r', startedAtMs: 0, durationMs: 0 }),
  ).toBeUndefined();
});
