import type { AttemptFailure } from '../domain/failure.ts';
import type { AskContext, Outcome, Progress, Prompt, Runner } from '../domain/runner.ts';
import { type WatchLimits, watch } from './watch.ts';

/** One request to one runner. */
export interface Request extends WatchLimits {
  readonly runner: Pick<Runner, 'ask'>;
  readonly prompt: Prompt;
  /** Which of the equal requests of a run it is, from 1. */
  readonly repeat: number;
  /** A failure that it gives back ends the request. */
  readonly report: (progress: Progress) => AttemptFailure | undefined;
}

/** Sends one request and always settles, whatever the runner does. */
export async function request(wanted: Request): Promise<Outcome> {
  using watched = watch(wanted);
  const report = (progress: Progress): void => {
    if (watched.signal.aborted) return;
    watched.alive(progress.type);
    const failure = wanted.report(progress);
    if (failure) watched.end(failure);
  };
  const { limitMs, repeat } = wanted;
  const context: AskContext = { signal: watched.signal, limitMs, repeat, report };
  const outcome = await Promise.race([
    asked(wanted.runner, wanted.prompt, context),
    watched.givenUp.then(failed),
  ]);
  const cause = watched.cause();
  // A whole answer that came while the time ran out is still a whole answer.
  return cause && outcome.status === 'failed' ? failed(cause) : whole(outcome);
}

/** A runner never rejects; one from outside that does is a failure like another. */
async function asked(
  runner: Pick<Runner, 'ask'>,
  prompt: Prompt,
  context: AskContext,
): Promise<Outcome> {
  if (context.signal.aborted) return failed({ kind: 'cancelled', message: 'Cancelled' });
  try {
    return await runner.ask(prompt, context);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failed({ kind: 'unknown', message: `The runner threw: ${message}` });
  }
}

function whole(outcome: Outcome): Outcome {
  if (outcome.status === 'failed' || outcome.text.trim() !== '') return outcome;
  return failed({ kind: 'empty-answer', message: 'The answer has no text' });
}

function failed(failure: AttemptFailure): Outcome {
  return { status: 'failed', failure };
}
