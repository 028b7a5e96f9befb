import type { Attempt } from '../domain/attempt.ts';
import type { OnceValues, RunStatus, SeatValues, StoredEvent } from '../domain/event.ts';
import type { Seat } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { extract } from '../extract/extract.ts';

/** When a run was, and under which name it is kept. */
export interface RunFacts {
  readonly id: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
}

/** Folds the events of a finished run into all that is known of it; undefined while it is not finished. */
export function fold(events: readonly StoredEvent[], facts: RunFacts): RunRecord | undefined {
  const task = events.find((event) => event.type === 'run-started')?.task;
  const status = events.find((event) => event.type === 'run-ended')?.status;
  const plan = once(events, 'plan-made');
  const decision = once(events, 'decision-made');
  const validation = once(events, 'validation-made');
  if (!(task && status && plan && decision && validation)) return undefined;
  const attempts = inOrder(plan.seats, byRow(events, 'attempt-ended'));
  const again = byRow(events, 'reattempt-ended');
  const primaries = attempts.slice(0, plan.seats.filter(({ role }) => role === 'primary').length);
  return {
    ...facts,
    task,
    status,
    plan,
    attempts: attempts.map((attempt) => together(attempt, again.get(attempt.seat))),
    candidates: primaries.map(extract),
    verdicts: inOrder(plan.seats, byRow(events, 'verdict-given')),
    decision,
    validation,
  };
}

/** How a run ended, by what its rows say. */
export function statusOf(events: readonly StoredEvent[], cancelled: boolean): RunStatus {
  if (cancelled) return 'cancelled';
  if (once(events, 'decision-made')?.chosen == null) return 'failed';
  const attempts = [...byRow(events, 'attempt-ended').values()];
  const reviews = [...byRow(events, 'review-given').values()];
  const failed = attempts.some(({ status }) => status === 'failed');
  return failed || reviews.some(({ status }) => status === 'none') ? 'degraded' : 'complete';
}

function once<T extends keyof OnceValues>(
  events: readonly StoredEvent[],
  type: T,
): OnceValues[T] | undefined {
  const event = events.find((each) => each.type === type);
  // The type of an event decides the type of its value.
  return event && 'value' in event ? (event.value as OnceValues[T]) : undefined;
}

function byRow<T extends keyof SeatValues>(
  events: readonly StoredEvent[],
  type: T,
): ReadonlyMap<string, SeatValues[T]> {
  const rows = events.flatMap((event) =>
    event.type === type && 'seat' in event
      ? [[event.seat, event.value as SeatValues[T]] as const]
      : [],
  );
  return new Map(rows);
}

function inOrder<Row>(seats: readonly Seat[], rows: ReadonlyMap<string, Row>): readonly Row[] {
  return seats.flatMap((seat) => rows.get(seat.id) ?? []);
}

/** A validator that was asked twice: the second reply counts, and both were paid. */
function together(first: Attempt, second: Attempt | undefined): Attempt {
  if (!second) return first;
  const tries = first.tries + second.tries;
  const durationMs = first.durationMs + second.durationMs;
  if (second.status === 'failed' || first.status === 'failed')
    return { ...second, tries, durationMs };
  return {
    ...second,
    tries,
    durationMs,
    usage: {
      inputTokens: sum(first.usage?.inputTokens, second.usage?.inputTokens),
      outputTokens: sum(first.usage?.outputTokens, second.usage?.outputTokens),
    },
    costUsd: sum(first.costUsd, second.costUsd),
  };
}

/** Unknown plus anything is unknown. */
function sum(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null || b == null ? null : a + b;
}
