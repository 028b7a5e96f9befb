import type { Clock } from '../../domain/clock.ts';
import type { AskContext, Outcome } from '../../domain/runner.ts';
import type { Take } from './recordings.ts';

/** How fast time goes by in a replay. */
export interface PlayPace {
  readonly clock: Clock;
  /** Real milliseconds for a virtual one. */
  readonly timeScale: number;
}

/** Plays one take: reports its chunks at their times, then ends as it ended. An abort ends it at once as `cancelled`. */
export async function play(take: Take, context: AskContext, pace: PlayPace): Promise<Outcome> {
  let dueMs = pace.clock.elapsed();
  const wait = async (virtualMs: number): Promise<void> => {
    // Told by the time that it is due at, so that what is late on a busy machine makes the next no later.
    dueMs += virtualMs * pace.timeScale;
    const realMs = dueMs - pace.clock.elapsed();
    // Without time to pass, a timer for each chunk would cost a millisecond.
    if (realMs > 0) await pace.clock.sleep(realMs, context.signal);
  };
  let text = '';
  for (const chunk of take.chunks) {
    await wait(chunk.afterMs);
    if (context.signal.aborted) return cancelled;
    text += chunk.text;
    context.report({ type: 'text', text: chunk.text });
  }
  if (take.kind === 'answer') return answered(take, text);
  await (take.kind === 'hang' ? aborted(context.signal) : wait(take.afterMs));
  if (context.signal.aborted || take.kind === 'hang') return cancelled;
  return { status: 'failed', failure: scaled(take.failure, pace.timeScale) };
}

const cancelled: Outcome = {
  status: 'failed',
  failure: { kind: 'cancelled', message: 'Cancelled' },
};

function answered({ model, usage, costUsd }: Take & { kind: 'answer' }, text: string): Outcome {
  if (text.trim() !== '') return { status: 'answered', text, model, usage, costUsd };
  return {
    status: 'failed',
    failure: { kind: 'empty-answer', message: 'The recorded answer has no text' },
  };
}

type Failure = (Take & { kind: 'failure' })['failure'];

function scaled(failure: Failure, timeScale: number): Failure {
  if (failure.retryAfterMs === undefined) return failure;
  return { ...failure, retryAfterMs: failure.retryAfterMs * timeScale };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
