import type { AppRunOptions } from '../app/run-task.ts';
import type { SeatId } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { type LiveRun, liveRun } from './live-run.ts';

/** A run that this process performs. */
export interface HubRun {
  readonly live: LiveRun;
  /** Resolves when it has ended and its watchers know. */
  readonly record: Promise<RunRecord>;
  /** Ends it, or what is asked of one of its seats. */
  cancel(seat?: SeatId): 'cancelled' | 'not-asked';
  /** Ends it where it is, so that it can be gone on with. */
  leave(): void;
}

/**
 * Performs a run and resolves once it has its id; rejects for a misuse that shows before. `onUnkept` is told the id of
 * a run whose rest the history does not keep.
 */
export async function hubRun(
  go: (options: AppRunOptions) => Promise<RunRecord>,
  onUnkept: (id: string, line: string) => void,
): Promise<HubRun> {
  const begun = Promise.withResolvers<LiveRun>();
  const whole = new AbortController();
  const leaving = new AbortController();
  const seats = new Map<SeatId, AbortController>();
  let live: LiveRun | undefined;
  const record = go({
    signal: whole.signal,
    leave: leaving.signal,
    seatSignal: (seat) => {
      const own = seats.get(seat) ?? new AbortController();
      seats.set(seat, own);
      return own.signal;
    },
    onBegin: (id) => {
      live = liveRun(id);
      begun.resolve(live);
    },
    onEvent: (event) => live?.hear(event),
    onUnkept: (line) => live && onUnkept(live.id, line),
  }).finally(() => live?.close());
  // One that has ended already is only shown.
  record.then(({ id }) => begun.resolve(liveRun(id)), begun.reject);
  return {
    live: await begun.promise,
    record,
    cancel: (seat) => {
      const ending = seat === undefined ? whole : seats.get(seat);
      ending?.abort();
      return ending ? 'cancelled' : 'not-asked';
    },
    leave: () => {
      // What somebody cancelled stays cancelled.
      if (!whole.signal.aborted) leaving.abort();
    },
  };
}
