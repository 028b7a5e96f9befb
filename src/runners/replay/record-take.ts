import type { Clock } from '../../domain/clock.ts';
import type { AttemptFailure } from '../../domain/failure.ts';
import type { AskContext, Outcome, Prompt, Runner } from '../../domain/runner.ts';
import type { Take } from './recordings.ts';

/** Milliseconds within which pieces of a text are one. */
const joinedMs = 10;

/** What recording one request needs. */
export interface TakeRecorder {
  readonly runner: Pick<Runner, 'ask'>;
  readonly clock: Clock;
  /** Takes what came of it; what it throws is a failure of the request. */
  readonly keep: (take: Take) => void;
}

/** Sends one request and keeps what came of it, with the times at which it came. */
export async function recordTake(
  prompt: Prompt,
  context: AskContext,
  { runner, clock, keep }: TakeRecorder,
): Promise<Outcome> {
  const chunks: { afterMs: number; text: string }[] = [];
  let lastMs = clock.elapsed();
  const sinceLast = (): number => Math.round(clock.elapsed() - lastMs);
  const outcome = await runner.ask(prompt, {
    ...context,
    report: (progress) => {
      if (progress.type === 'text') {
        const afterMs = sinceLast();
        const before = chunks.at(-1);
        if (before && afterMs < joinedMs) before.text += progress.text;
        else {
          chunks.push({ afterMs, text: progress.text });
          lastMs = clock.elapsed();
        }
      }
      context.report(progress);
    },
  });
  try {
    keep(takeOf(outcome, { chunks, afterMs: sinceLast(), signal: context.signal }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'failed', failure: { kind: 'bad-usage', message } };
  }
  return outcome;
}

interface Heard {
  readonly chunks: Take['chunks'];
  readonly afterMs: number;
  readonly signal: AbortSignal;
}

function takeOf(outcome: Outcome, { chunks, afterMs, signal }: Heard): Take {
  if (outcome.status === 'answered') {
    const { text, model = null, usage = null, costUsd = null } = outcome;
    // A runner may tidy what it reported, and one that does not stream reports nothing.
    const isTold = chunks.map((chunk) => chunk.text).join('') === text;
    const told = isTold ? chunks : [{ afterMs, text }];
    return { kind: 'answer', chunks: told, model, usage, costUsd };
  }
  // What was ended from outside is known by its reason: time that is up fails again, a cancellation does not.
  const failure = signal.aborted ? reasonOf(signal) : outcome.failure;
  if (failure === undefined || failure.kind === 'cancelled') return { kind: 'hang', chunks };
  return { kind: 'failure', chunks, afterMs, failure };
}

function reasonOf({ reason }: AbortSignal): AttemptFailure | undefined {
  const { kind, message }: Partial<AttemptFailure> = Object(reason);
  return kind !== undefined && message !== undefined ? { kind, message } : undefined;
}
