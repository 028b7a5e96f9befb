import type { KeptEvent } from '../domain/history.ts';

/** When a run was, and how long it took. */
export interface RunTimes {
  readonly startedAtMs: number;
  /** Milliseconds in which a process went on with it; between being ended and resumed nobody did. */
  readonly durationMs: number;
}

/** Reads the times of a run off its events. */
export function timesOf(events: readonly KeptEvent[]): RunTimes {
  const [first] = events;
  if (!first) throw new TypeError('a run has at least its first event');
  let sinceMs = first.atMs;
  let untilMs = first.atMs;
  let durationMs = 0;
  for (const { type, atMs } of events) {
    if (type === 'run-resumed') {
      durationMs += untilMs - sinceMs;
      sinceMs = atMs;
    }
    untilMs = atMs;
  }
  return { startedAtMs: first.atMs, durationMs: durationMs + untilMs - sinceMs };
}
