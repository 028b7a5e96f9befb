import type { Clock } from '../domain/clock.ts';
import type { StoredEvent } from '../domain/event.ts';
import { type HeldRun, type History, type KeptEvent, leaseMs } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';

/** What is written of one run, and its hold on the history until it is disposed of. */
export interface Journal extends History, AsyncDisposable {
  /** Everything known of the run: the past, then what was appended. */
  readonly events: readonly KeptEvent[];
  /** Aborts when another process has taken the run over. */
  readonly lost: AbortSignal;
}

/** What a journal needs besides its run. */
export interface JournalTools {
  readonly clock: Clock;
  /** Is told in one line, once, when the history can keep no more of the run. */
  readonly onNotice: (line: string) => void;
  /** Nothing more is kept once it aborts, so that the run can be gone on with from there. */
  readonly leave?: AbortSignal | undefined;
}

/** Milliseconds between two signs of life: several can be late before the lease is over. */
const renewMs = leaseMs / 4;

/**
 * Opens the journal of a held run. When the history fails in the middle, as with a full disk, the run goes on
 * without it: what was paid for is shown. When another process has the run, appending rejects with `run-in-use`.
 */
export function openJournal(run: HeldRun, { clock, onNotice, leave }: JournalTools): Journal {
  const events = [...run.past];
  const lost = new AbortController();
  const beganMs = clock.now() - clock.elapsed();
  let isKept = true;
  const keep = async (event: KeptEvent): Promise<void> => {
    try {
      if (isKept && !leave?.aborted) await run.append(event);
    } catch (error) {
      if (!isFailing(error)) {
        lost.abort();
        throw error;
      }
      if (isKept) onNotice(`The rest of run ${run.id} is not kept: ${error.message}`);
      isKept = false;
    }
  };
  const stopRenewing = keepRenewing(run, clock, () => lost.abort());
  return {
    past: run.past,
    events,
    lost: lost.signal,
    append: async (event: StoredEvent) => {
      // Time that is only measured can go backwards; durations must not.
      const kept = { ...event, atMs: Math.round(beganMs + clock.elapsed()) };
      events.push(kept);
      await keep(kept);
    },
    [Symbol.asyncDispose]: async () => {
      stopRenewing();
      const hasEnded = isKept && events.at(-1)?.type === 'run-ended';
      // The lease ends by itself where it cannot be given back.
      if (!hasEnded) await run.release().catch(() => undefined);
    },
  };
}

function isFailing(error: unknown): error is OrchestratorError {
  return error instanceof OrchestratorError && error.code === 'bad-history';
}

function keepRenewing(run: HeldRun, clock: Clock, onLost: () => void): () => void {
  let cancel = (): void => undefined;
  const renew = async (): Promise<void> => {
    // A history that fails just now is noticed by the next event.
    const isHeld = await run.renew().catch(() => true);
    if (!isHeld) onLost();
  };
  const plan = (): void => {
    cancel = clock.after(renewMs, () => {
      plan();
      void renew();
    });
  };
  plan();
  return () => cancel();
}
