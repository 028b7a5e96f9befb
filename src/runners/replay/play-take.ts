import type { Clock } from '../../domain/clock.ts';
import type { AskContext, Outcome } from '../../domain/runner.ts';
import type { ReplayPace } from '../../domain/settings.ts';
import { play } from './play.ts';
import type { Take } from './recordings.ts';

/** Milliseconds for which a request that was cut short is silent when nothing else takes time. */
const cutMaxMs = 5000;

/** Plays one take of a cassette. */
export async function playTake(
  take: Take,
  context: AskContext,
  { clock, pace }: { readonly clock: Clock; readonly pace: ReplayPace },
): Promise<Outcome> {
  if (pace === 'recorded') return play(take, context, { clock, timeScale: 1 });
  if (take.kind !== 'hang') {
    const outcome = await play(take, context, { clock, timeScale: 0 });
    return outcome.status === 'failed' ? atOnce(outcome) : outcome;
  }
  for (const { text } of take.chunks) context.report({ type: 'text', text });
  await clock.sleep(cutMaxMs, context.signal);
  const message = 'Nobody waited for its end when it was recorded';
  return { status: 'failed', failure: { kind: 'cancelled', message } };
}

/** A retry does not wait either. */
function atOnce({ failure }: Extract<Outcome, { readonly status: 'failed' }>): Outcome {
  return { status: 'failed', failure: { ...failure, retryAfterMs: 0 } };
}
