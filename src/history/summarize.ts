import type { RunStatus } from '../domain/event.ts';
import type { KeptEvent, RunSummary } from '../domain/history.ts';
import type { Plan } from '../domain/plan.ts';

/** What the events of a run say of it in short. */
export interface Summary extends Omit<RunSummary, 'id' | 'state'> {
  /** Null while it has not ended. */
  readonly status: RunStatus | null;
  /** Undefined before it is made; what was chosen is one of its seats. */
  readonly plan: Plan | undefined;
}

/** Sums the events of a run up, finished or not. */
export function summarize(events: readonly KeptEvent[]): Summary {
  return events.reduce(summaryAfter, nothing);
}

/** Sums up what one more event says, whatever came before it. */
export function summaryAfter(summary: Summary, event: KeptEvent): Summary {
  const { type, atMs } = event;
  if (type === 'run-started') return { ...summary, startedAtMs: atMs, text: event.task.text };
  if (type === 'run-ended') return { ...summary, status: event.status, endedAtMs: atMs };
  if (type === 'plan-made') {
    const { category, mode } = event.value.route;
    return { ...summary, plan: event.value, category, mode };
  }
  if (type !== 'decision-made') return summary;
  const seat = summary.plan?.seats.find(({ id }) => id === event.value.chosen);
  return { ...summary, chosen: seat?.runner ?? null };
}

const nothing: Summary = {
  status: null,
  startedAtMs: 0,
  endedAtMs: null,
  text: '',
  category: null,
  mode: null,
  chosen: null,
  plan: undefined,
};
