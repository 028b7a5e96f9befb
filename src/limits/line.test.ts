import { describe, expect, test } from 'vitest';
import { virtualClock } from '../testing/virtual-clock.ts';
import { line, type Turn } from './line.ts';

const never = new AbortController().signal;

/** A line in which the named wishes are served, and lanes are called as their wishes begin. */
function lineFor(served: Set<string>, isLane = false) {
  const clock = virtualClock();
  const asked: string[] = [];
  const takenBack: string[] = [];
  const made = line<string, string>({
    clock,
    laneOf: (wish) => wish.charAt(0),
    serve: async (wish): Promise<Turn<string>> => {
      asked.push(wish);
      if (served.has(wish)) return { status: 'given', result: wish };
      return { status: 'later', lane: isLane, retryMs: 0 };
    },
    takeBack: (result) => takenBack.push(result),
  });
  return { made, clock, asked, takenBack };
}

describe('line()', () => {
  test('serves in order, and lets only the first ask', async () => {
    const served = new Set<string>(['a2']);
    const { made, clock, asked } = lineFor(served);
    const order: (string | undefined)[] = [];
    const all = ['a1', 'a2'].map(async (wish) => order.push(await made.enter(wish, never)));
    await clock.advance(1000);
    expect(new Set(asked)).toEqual(new Set(['a1']));
    served.add('a1');
    await clock.advance(50);
    await Promise.all(all);
    expect(order).toEqual(['a1', 'a2']);
    expect(made.isEmpty).toBe(true);
  });

  test('lets another lane go first where only a lane is blocked', async () => {
    const served = new Set(['b1']);
    const { made, clock, asked } = lineFor(served, true);
    const first = made.enter('a1', never);
    void made.enter('a2', never);
    expect(await made.enter('b1', never)).toBe('b1');
    served.add('a1');
    await clock.advance(50);
    expect(await first).toBe('a1');
    expect(asked.indexOf('a2')).toBeGreaterThan(asked.lastIndexOf('a1'));
  });

  test('tries again at once when something comes free', async () => {
    const served = new Set<string>();
    const { made, clock } = lineFor(served);
    const waiting = made.enter('a1', never);
    await clock.advance(1000);
    served.add('a1');
    made.nudge();
    expect(await waiting).toBe('a1');
  });

  test('lets go of who gives up, and serves the next', async () => {
    const served = new Set(['a2']);
    const { made, clock } = lineFor(served);
    const impatient = new AbortController();
    const first = made.enter('a1', impatient.signal);
    const second = made.enter('a2', never);
    await clock.advance(100);
    impatient.abort();
    expect(await first).toBeUndefined();
    expect(await second).toBe('a2');
    expect(await made.enter('a3', AbortSignal.abort())).toBeUndefined();
  });

  test('takes back what was given to who has left', async () => {
    const impatient = new AbortController();
    const takenBack: string[] = [];
    const made = line<string, string>({
      clock: virtualClock(),
      laneOf: () => '',
      serve: async (wish) => {
        impatient.abort();
        return { status: 'given', result: wish };
      },
      takeBack: (result) => takenBack.push(result),
    });
    expect(await made.enter('a1', impatient.signal)).toBeUndefined();
    await new Promise((resolve) => setImmediate(resolve));
    expect(takenBack).toEqual(['a1']);
  });

  test('asks less and less often while nothing comes free, but often enough to be seen waiting', async () => {
    const { made, clock, asked } = lineFor(new Set());
    void made.enter('a1', never);
    await clock.advance(10_000);
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.length).toBeLessThan(220);
  });
});
