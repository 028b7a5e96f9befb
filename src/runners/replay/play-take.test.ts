import { expect, test } from 'vitest';
import type { AskContext, Outcome, Progress } from '../../domain/runner.ts';
import type { ReplayPace } from '../../domain/settings.ts';
import {
  answers,
  fails,
  hangs,
  type ScriptedReply,
  scriptedRunner,
} from '../../testing/scripted-runner.ts';
import { virtualClock } from '../../testing/virtual-clock.ts';
import { playTake } from './play-take.ts';
import { recordTake } from './record-take.ts';
import type { Take } from './recordings.ts';

const prompt = { system: '', text: 'add' };

/** What one request told, how it ended, and when. */
interface Heard {
  readonly texts: readonly string[];
  readonly outcome: Outcome;
  readonly tookMs: number;
}

interface Hearing {
  readonly clock: ReturnType<typeof virtualClock>;
  readonly signal?: AbortSignal;
}

async function heard(
  { clock, signal = new AbortController().signal }: Hearing,
  ask: (context: AskContext) => Promise<Outcome>,
): Promise<Heard> {
  const texts: string[] = [];
  const report = (said: Progress): void => {
    if (said.type === 'text') texts.push(said.text);
  };
  const outcome = await ask({ signal, limitMs: 60_000, report });
  return { texts, outcome, tookMs: clock.elapsed() };
}

async function record(reply: ScriptedReply, signal?: AbortSignal): Promise<Take> {
  const clock = virtualClock({ auto: true });
  const taken: Take[] = [];
  const recorder = { runner: scriptedRunner('a', [reply], { clock }), clock };
  const keep = (each: Take): void => void taken.push(each);
  await heard({ clock, ...(signal && { signal }) }, (context) =>
    recordTake(prompt, context, { ...recorder, keep }),
  );
  const [take] = taken;
  if (!take) throw new Error('nothing was kept');
  return take;
}

function play(take: Take, pace: ReplayPace, signal?: AbortSignal): Promise<Heard> {
  const clock = virtualClock({ auto: true });
  return heard({ clock, ...(signal && { signal }) }, (context) =>
    playTake(take, context, { clock, pace }),
  );
}

test('playTake() gives the answer that recordTake() heard, at once or at its pace', async () => {
  const usage = { inputTokens: 1, outputTokens: 2 };
  const take = await record(answers('Hello', { chunks: ['Hel', 'lo'], delayMs: 700, usage }));
  const fast = await play(take, 'fast');
  expect(fast).toMatchObject({ outcome: { status: 'answered', text: 'Hello', usage }, tookMs: 0 });
  const paced = await play(take, 'recorded');
  expect(paced).toMatchObject({ outcome: fast.outcome, tookMs: 700 });
  expect(paced.texts.join('')).toBe('Hello');
});

test('recordTake() keeps the whole answer where the runner reported another text', async () => {
  const take = await record(answers('Tidy', { chunks: ['un', 'tidy'] }));
  expect(await play(take, 'fast')).toMatchObject({ outcome: { text: 'Tidy' }, texts: ['Tidy'] });
});

test('playTake() gives a failure, which a fast retry does not wait for', async () => {
  const take = await record(fails('rate-limited', { retryAfterMs: 9000, chunks: ['half'] }));
  const fast = await play(take, 'fast');
  expect(fast).toMatchObject({
    outcome: { failure: { kind: 'rate-limited', retryAfterMs: 0 } },
    texts: ['half'],
  });
  const paced = await play(take, 'recorded');
  expect(paced).toMatchObject({ outcome: { failure: { retryAfterMs: 9000 } } });
});

test('recordTake() keeps time that was up as the failure that it is', async () => {
  const over = { kind: 'timed-out', message: 'No whole answer within 1 s' } as const;
  const take = await record(hangs('half'), AbortSignal.abort(over));
  expect(take).toMatchObject({ kind: 'failure', failure: over });
});

test('playTake() is silent for a while where the end was not waited for', async () => {
  const cancelled = { kind: 'cancelled', message: 'Cancelled' } as const;
  const take = await record(hangs('half'), AbortSignal.abort(cancelled));
  expect(take).toMatchObject({ kind: 'hang' });
  expect(await play(take, 'fast')).toMatchObject({
    outcome: { failure: { kind: 'cancelled' } },
    tookMs: 5000,
  });
  const ended = await play(take, 'fast', AbortSignal.abort());
  expect(ended).toMatchObject({ outcome: { failure: { kind: 'cancelled' } }, tookMs: 0 });
});

test('recordTake() fails a request that cannot be recorded', async () => {
  const clock = virtualClock({ auto: true });
  const runner = scriptedRunner('a', [answers('x')], { clock });
  const keep = (): never => {
    throw new Error('the disk is full');
  };
  const { outcome } = await heard({ clock }, (context) =>
    recordTake(prompt, context, { runner, clock, keep }),
  );
  expect(outcome).toEqual({
    status: 'failed',
    failure: { kind: 'bad-usage', message: 'the disk is full' },
  });
});
