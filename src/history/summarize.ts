import type { RunStatus } from '../domain/event.ts';
import type { KeptEvent, RunSummary } from '../domain/history.ts';

/** What the events of a run say of it in short. */
export interface Summary extends Omit<RunSummary, 'id' | 'state'> {
  /** Null while it has not ended. */
  readonly status: RunStatus | null;
}

/** Sums the events of a run up, finished or not. */
export function summarize(events: readonly KeptEvent[]): Summary {
  const first = events.find((event) => event.type === 'run-started');
  const last = events.find((event) => event.type === 'run-ended');
  const plan = events.find((event) => event.type === 'plan-made')?.value;
  const decision = events.find((event) => event.type === 'decision-made')?.value;
  return {
    status: last?.status ?? null,
    startedAtMs: first?.atMs ?? 0,
    endedAtMs: last?.atMs ?? null,
    text: first?.task.text ?? '',
    category: plan?.route.category ?? null,
    mode: plan?.route.mode ?? null,
    chosen: plan?.seats.find(({ id }) => id === decision?.chosen)?.runner ?? null,
  };
}
