import { describe, expect, test } from 'vitest';
import type { Attempt } from '../domain/attempt.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Plan } from '../domain/plan.ts';
import { memoryHistory } from '../history/memory-history.ts';
import { stepsOf } from './step.ts';

const plan: Plan = {
  route: {
    category: 'general',
    mode: 'simple',
    primaries: [],
    validators: [],
    words: [],
    reason: '',
  },
  seats: [],
  substitutions: [],
};
const attempt = (seat: string): Attempt => ({
  status: 'answered',
  seat,
  runner: 'a',
  text: `answer of ${seat}`,
  model: null,
  usage: null,
  costUsd: null,
  tries: 1,
  durationMs: 1,
});
const refuse = (): never => {
  throw new Error('done again');
};

describe('stepsOf()', () => {
  test('appends what it does before it records it', async () => {
    const history = memoryHistory();
    const recorded: [StoredEvent, number][] = [];
    const step = stepsOf(history, (event) => recorded.push([event, history.events.length]));
    const [made] = await step.each('attempt-ended', [{ id: 'a' }], ({ id }) => attempt(id));
    expect(recorded).toEqual([[{ type: 'attempt-ended', seat: 'a', value: made }, 1]]);
  });

  test('asks nobody before all that led to it is kept', async () => {
    const disk = Promise.withResolvers<void>();
    const told: string[] = [];
    const slow = { past: [], append: () => disk.promise };
    const step = stepsOf(slow, ({ type }) => told.push(type));
    await step.once('plan-made', () => plan);
    const asking = step.each('attempt-ended', [{ id: 'a' }], ({ id }) => {
      told.push('asked');
      return attempt(id);
    });
    disk.resolve();
    await asking;
    expect(told).toEqual(['plan-made', 'asked', 'attempt-ended']);
  });

  test('replays what the history holds and does only the rest', async () => {
    const known: StoredEvent = { type: 'attempt-ended', seat: 'b', value: attempt('b') };
    const history = memoryHistory([{ type: 'plan-made', value: plan }, known]);
    const asked: string[] = [];
    const step = stepsOf(history, () => undefined);
    expect(await step.once('plan-made', refuse)).toEqual(plan);
    const attempts = await step.each('attempt-ended', [{ id: 'a' }, { id: 'b' }], ({ id }) => {
      asked.push(id);
      return attempt(id);
    });
    expect(asked).toEqual(['a']);
    expect(attempts.map(({ seat }) => seat)).toEqual(['a', 'b']);
  });

  test('keeps the order of the rows when later ones end first', async () => {
    const step = stepsOf(memoryHistory(), () => undefined);
    const first = Promise.withResolvers<Attempt>();
    const rows = step.each('attempt-ended', [{ id: 'a' }, { id: 'b' }], ({ id }) => {
      if (id === 'a') return first.promise;
      first.resolve(attempt('a'));
      return attempt('b');
    });
    expect((await rows).map(({ seat }) => seat)).toEqual(['a', 'b']);
  });

  test('does not record what could not be appended', async () => {
    const recorded: StoredEvent[] = [];
    const full = { past: [], append: () => Promise.reject(new Error('disk full')) };
    const step = stepsOf(full, (event) => recorded.push(event));
    expect(await step.once('plan-made', () => plan)).toEqual(plan);
    const asking = step.each('attempt-ended', [{ id: 'a' }], refuse);
    await expect(asking).rejects.toThrow('disk full');
    expect(recorded).toEqual([]);
  });
});
