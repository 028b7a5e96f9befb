import { beforeEach, describe, expect, test } from 'vitest';
import type { Admitted, Permit } from '../domain/admission.ts';
import { nothingSpent } from '../domain/budget.ts';
import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import type { Outcome } from '../domain/runner.ts';
import type { Bound, RateLimits } from '../domain/shared-limits.ts';
import { type VirtualClock, virtualClock } from '../testing/virtual-clock.ts';
import type { LimitRule } from './limit-rule.ts';
import { type Limiter, limiter } from './limiter.ts';
import { type MemoryState, memoryLimits, memoryState } from './memory-limits.ts';

const never = new AbortController().signal;
const answered: Outcome = { status: 'answered', text: 'x' };

let clock: VirtualClock;
let state: MemoryState;
let calls: string[];
let limits: Limiter;
beforeEach(() => {
  clock = virtualClock({ startMs: 1_000_000 });
  state = memoryState();
  calls = [];
  limits = open('me');
});

/** The limits of one process; what it does with those that are shared is noted. */
function open(holder: string): Limiter {
  const shared = memoryLimits({ now: clock.now, holder, isGone: () => false }, state);
  const noted = new Proxy(shared, {
    get: (target, name, receiver) => {
      if (name !== 'then' && name !== 'onRoom') calls.push(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
  return limiter(noted, clock);
}

const rule = (change: Partial<LimitRule> = {}): LimitRule => ({
  runner: 'runner a',
  group: 'provider p',
  bounds: [],
  ...change,
});
const bound = (key: string, limit: Partial<RateLimits>): Bound => ({
  key,
  concurrency: undefined,
  requestsPerMinute: undefined,
  tokensPerMinute: undefined,
  ...limit,
});
const failed = (kind: FailureKind, more: Partial<AttemptFailure> = {}): Outcome => ({
  status: 'failed',
  failure: { kind, message: kind, ...more },
});

interface AskOptions {
  readonly rule?: LimitRule;
  readonly of?: Limiter;
  readonly tries?: number;
  readonly promptLength?: number;
  readonly signal?: AbortSignal;
}

function ask(options: AskOptions = {}): Promise<Admitted> {
  const { tries, promptLength = 0, signal = never } = options;
  const admission = (options.of ?? limits).admission(options.rule ?? rule());
  return admission.admit({ runner: 'a', promptLength, tries, expected: nothingSpent }, signal);
}

async function permitOf(asked: Promise<Admitted>): Promise<Permit> {
  const admitted = await asked;
  if (admitted.status === 'admitted') return admitted.permit;
  throw new Error(admitted.failure.message);
}

/** Asks, and ends it so. */
async function end(outcome: Outcome, options: AskOptions = {}): Promise<void> {
  const permit = await permitOf(ask(options));
  await permit.close(outcome, nothingSpent);
}

async function kindOf(asked: Promise<Admitted>): Promise<string> {
  const admitted = await asked;
  return admitted.status === 'refused' ? admitted.failure.kind : admitted.status;
}

/** Asks as often, and tells how many are admitted by now. */
async function admittedOf(count: number, options: AskOptions = {}): Promise<readonly Permit[]> {
  const permits: Permit[] = [];
  for (let index = 0; index < count; index++) {
    void ask(options).then((admitted) => {
      if (admitted.status === 'admitted') permits.push(admitted.permit);
    });
  }
  await clock.advance(100);
  return permits;
}

describe('limiter() where nothing is configured or remembered', () => {
  test('looks into the shared limits once a second, and writes nothing', async () => {
    for (let index = 0; index < 50; index++) await end(answered);
    expect(calls).toEqual(['standings']);
    await clock.advance(1000);
    await Promise.all(Array.from({ length: 50 }, () => end(answered)));
    expect(calls).toEqual(['standings', 'standings']);
  });

  test('limits nothing', async () => {
    expect(await admittedOf(100)).toHaveLength(100);
  });
});

describe('limiter() with limits', () => {
  test('keeps to the number of a provider over all its runners and processes', async () => {
    const bounds = [bound('provider p', { concurrency: 3 })];
    const [a, b] = [rule({ bounds }), rule({ runner: 'runner b', bounds })];
    const other = open('other');
    const permits = await Promise.all([
      admittedOf(2, { rule: a }),
      admittedOf(2, { rule: b }),
      admittedOf(2, { rule: a, of: other }),
    ]);
    expect(permits.flat()).toHaveLength(3);
  });

  test('lets a runner wait for itself without holding up the others of its provider', async () => {
    const provider = bound('provider p', { concurrency: 5 });
    const slow = rule({ bounds: [bound('runner a', { concurrency: 1 }), provider] });
    const fast = rule({ runner: 'runner b', bounds: [provider] });
    expect(await admittedOf(3, { rule: slow })).toHaveLength(1);
    expect(await admittedOf(3, { rule: fast })).toHaveLength(3);
  });

  test('serves those of a process in the order in which they came', async () => {
    const one = rule({ bounds: [bound('provider p', { concurrency: 1 })] });
    const order: number[] = [];
    const all = [0, 1, 2, 3].map(async (index) => {
      const permit = await permitOf(ask({ rule: one }));
      order.push(index);
      await permit.close(answered, nothingSpent);
    });
    await clock.advance(1000);
    await Promise.all(all);
    expect(order).toEqual([0, 1, 2, 3]);
  });

  test('counts tokens by the length of the prompt, and by the usage when it is known', async () => {
    const few = rule({ bounds: [bound('provider p', { tokensPerMinute: 100 })] });
    const options = { rule: few, promptLength: 240 };
    const usage = { inputTokens: 10, outputTokens: 5 };
    await end({ ...answered, usage }, options);
    const [permit, ...others] = await admittedOf(3, options);
    expect(others).toHaveLength(0);
    await permit?.close(
      { ...answered, usage: { inputTokens: 10, outputTokens: 60 } },
      nothingSpent,
    );
    expect(await admittedOf(1, options)).toHaveLength(0);
  });

  test('gives up waiting when the signal aborts', async () => {
    const one = rule({ bounds: [bound('provider p', { concurrency: 1 })] });
    await permitOf(ask({ rule: one }));
    const impatient = new AbortController();
    const asked = ask({ rule: one, signal: impatient.signal });
    await clock.advance(100);
    impatient.abort();
    expect(await kindOf(asked)).toBe('cancelled');
  });

  test('holds the place of a long request, and lets go of the timer at its end', async () => {
    const one = rule({ bounds: [bound('provider p', { concurrency: 1 })] });
    const permit = await permitOf(ask({ rule: one }));
    await clock.advance(300_000);
    expect(await admittedOf(1, { rule: one, of: open('other') })).toHaveLength(0);
    await permit.close(answered, nothingSpent);
    await clock.advance(1000);
    expect(await admittedOf(1, { rule: one })).toHaveLength(0);
  });
});

describe('limiter() after a refusal for too many requests', () => {
  test('halves the requests in flight at once, and once for all that were under way', async () => {
    const permits = await admittedOf(16);
    for (const permit of permits) await permit.close(failed('rate-limited'), nothingSpent);
    expect(await admittedOf(16)).toHaveLength(8);
  });

  test('allows one more after as many successes as are allowed at once', async () => {
    for (const permit of await admittedOf(8))
      await permit.close(failed('rate-limited'), nothingSpent);
    for (let index = 0; index < 3; index++) await end(answered);
    expect(state.standings.get('provider p')?.adapted?.most).toBe(4);
    await end(answered);
    expect(state.standings.get('provider p')?.adapted?.most).toBe(5);
    expect(await admittedOf(9)).toHaveLength(5);
  });

  test('halves them also for a vendor that says that it is overloaded', async () => {
    for (const permit of await admittedOf(4))
      await permit.close(failed('overloaded'), nothingSpent);
    expect(await admittedOf(4)).toHaveLength(2);
  });

  test('ends with the configured number, and forgets the lower one', async () => {
    const three = rule({ bounds: [bound('provider p', { concurrency: 3 })] });
    await clock.advance(1);
    await end(failed('rate-limited'), { rule: three });
    expect(state.standings.get('provider p')?.adapted?.most).toBe(1);
    for (let index = 0; index < 3; index++) await end(answered, { rule: three });
    expect(state.standings.get('provider p')).toBeUndefined();
    expect(await admittedOf(5, { rule: three })).toHaveLength(3);
  });

  test('trusts the vendor again after ten quiet minutes', async () => {
    await end(failed('rate-limited'));
    await clock.advance(600_001);
    expect(await admittedOf(50)).toHaveLength(50);
  });

  test('lets nobody ask the provider before the time that it named, in any process', async () => {
    await end(failed('rate-limited', { retryAfterMs: 7000 }));
    const asked = [ask({ rule: rule({ runner: 'runner b' }) }), ask({ of: open('other') })];
    const done = asked.map(async (each) => {
      await each.then(async (admitted) => {
        if (admitted.status === 'admitted') await admitted.permit.close(answered, nothingSpent);
      });
      return clock.elapsed();
    });
    await clock.advance(10_000);
    for (const at of await Promise.all(done)) expect(at).toBeGreaterThanOrEqual(7000);
  });

  test('refuses at once where that is longer than a minute', async () => {
    await end(failed('rate-limited', { retryAfterMs: 61_000 }));
    expect(await ask()).toMatchObject({
      status: 'refused',
      failure: { kind: 'rate-limited', retryAfterMs: 61_000 },
    });
  });
});

describe('limiter() with a runner that is away', () => {
  const away = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index++) await end(failed('network'));
  };

  test('refuses after five attempts in a row, in all processes, and says until when', async () => {
    await away(4);
    expect(await kindOf(ask())).toBe('admitted');
    await away(1);
    for (const of of [limits, open('other')]) {
      expect(await ask({ of })).toMatchObject({
        status: 'refused',
        failure: { kind: 'circuit-open', retryAfterMs: 5000 },
      });
    }
  });

  test('never refuses a retry, nor counts one', async () => {
    for (let tries = 1; tries <= 11; tries++) await end(failed('network'), { tries });
    expect(await kindOf(ask())).toBe('admitted');
    await away(4);
    expect(await kindOf(ask())).toBe('circuit-open');
    expect(await kindOf(ask({ tries: 2 }))).toBe('admitted');
  });

  test('counts neither what an answer has interrupted, nor what says nothing of the runner', async () => {
    await away(4);
    await end(answered);
    await away(4);
    await end(failed('refused'));
    await away(4);
    await end(failed('cancelled'));
    expect(await kindOf(ask())).toBe('admitted');
  });

  test('lets one request of all processes try it after the pause, and all when that succeeds', async () => {
    const other = open('other');
    await away(5);
    await clock.advance(5000);
    const [trial, second] = await Promise.all([ask(), ask({ of: other })]);
    expect(await kindOf(Promise.resolve(second))).toBe('circuit-open');
    await (await permitOf(Promise.resolve(trial))).close(answered, nothingSpent);
    await clock.advance(1000);
    expect(await kindOf(ask({ of: other }))).toBe('admitted');
  });

  test('pauses twice as long after each trial that fails, up to a minute', async () => {
    await away(5);
    for (const pauseMs of [10_000, 20_000, 40_000, 60_000, 60_000]) {
      await clock.advance(60_000);
      await away(1);
      expect(await ask()).toMatchObject({ failure: { retryAfterMs: pauseMs } });
    }
  });

  test('lets the next one try when the first was cancelled', async () => {
    await away(5);
    await clock.advance(5000);
    await end(failed('cancelled'));
    expect(await kindOf(ask())).toBe('admitted');
  });

  test('forgets failures that lie ten minutes apart', async () => {
    await away(4);
    await clock.advance(600_001);
    await away(4);
    expect(await kindOf(ask())).toBe('admitted');
  });
});

describe('limiter() without quota', () => {
  test('refuses at once until the quota is reset, in all processes, and says until when', async () => {
    await end(failed('quota-exhausted', { retryAfterMs: 3_600_000 }));
    const other = open('other');
    for (const of of [limits, other]) {
      expect(await ask({ of, tries: 2 })).toMatchObject({
        status: 'refused',
        failure: {
          kind: 'quota-exhausted',
          message: expect.stringMatching(/^Quota exhausted until \d\d:\d\d:/),
          retryAfterMs: 3_600_000,
        },
      });
    }
    expect(await limits.refusal(rule())).toMatchObject({ kind: 'quota-exhausted' });
    expect(await kindOf(ask({ rule: rule({ runner: 'runner b' }) }))).toBe('admitted');
    await clock.advance(3_600_000);
    expect(await kindOf(ask({ of: other }))).toBe('admitted');
  });

  test('asks again after half a minute where no time is known', async () => {
    await end(failed('quota-exhausted'));
    await clock.advance(29_999);
    expect(await kindOf(ask())).toBe('quota-exhausted');
    await clock.advance(1);
    expect(await kindOf(ask())).toBe('admitted');
  });
});
