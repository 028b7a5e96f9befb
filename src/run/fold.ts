import type { Attempt } from '../domain/attempt.ts';
import type { OnceValues, RunStatus, SeatValues, StoredEvent } from '../domain/event.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Seat } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { extract } from '../extract/extract.ts';
import type { ExtractTools } from './extract-once.ts';
import { spendingOf } from './spending.ts';
import { withSpent } from './with-spent.ts';

/** When a run was, and under which name it is kept. */
export interface RunFacts {
  readonly id: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
}

/**
 * Folds the events of a finished run into all that is known of it; undefined while it is not finished. `read` takes
 * the code out of an answer.
 */
export function fold(
  events: readonly StoredEvent[],
  facts: RunFacts,
  read: ExtractTools['extract'] = extract,
): RunRecord | undefined {
  const task = events.find((event) => event.type === 'run-started')?.task;
  const end = events.find((event) => event.type === 'run-ended');
  const status = end?.status;
  const plan = once(events, 'plan-made');
  const decision = once(events, 'decision-made');
  const validation = once(events, 'validation-made');
  if (!(task && status && plan && decision && validation)) return undefined;
  const attempts = inOrder(plan.seats, byRow(events, 'attempt-ended'));
  const primaries = attempts.slice(0, plan.seats.filter(({ role }) => role === 'primary').length);
  return {
    ...facts,
    task,
    status,
    plan,
    attempts: attempts.map(wholeOf(events)),
    candidates: primaries.map(read),
    verdicts: inOrder(plan.seats, byRow(events, 'verdict-given')),
    suite: once(events, 'suite-made') ?? null,
    observed: inOrder(plan.seats, byRow(events, 'candidate-observed')),
    settlement: once(events, 'settlement-made') ?? null,
    merge: once(events, 'merge-made') ?? null,
    decision,
    validation,
    notRecorded: notRecorded(events),
    spending: spendingOf(events),
    budgets: end?.budgets ?? [],
  };
}

/** Also tests, judgements and merges that were asked for, without which the decision may be another one. */
function notRecorded(events: readonly StoredEvent[]): readonly string[] {
  const messages = events.flatMap((event) => {
    const { failure }: { readonly failure?: AttemptFailure } =
      'value' in event ? Object(event.value) : {};
    return failure?.kind === 'not-recorded' ? [failure.message] : [];
  });
  return [...new Set(messages)];
}

/** What a seat is asked beside its answer or its review; it is paid as well. */
const extraTypes = [
  'tests-ended',
  'inputs-ended',
  'judgement-ended',
  'rejudgement-ended',
  'merge-ended',
] as const;

/** How a run ended, by what its rows say. */
export function statusOf(events: readonly StoredEvent[], cancelled: boolean): RunStatus {
  if (cancelled) return 'cancelled';
  if (once(events, 'decision-made')?.chosen == null) return 'failed';
  const attempts = [...byRow(events, 'attempt-ended').values()];
  const reviews = [...byRow(events, 'review-given').values()];
  const failed = attempts.some(
    (attempt) => attempt.status === 'failed' && attempt.failure.kind !== 'not-needed',
  );
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
  const rows = new Map<string, SeatValues[T]>();
  for (const event of events) {
    // The type of an event decides the type of its value.
    if (event.type === type && 'seat' in event) rows.set(event.seat, event.value as SeatValues[T]);
  }
  return rows;
}

function inOrder<Row>(seats: readonly Seat[], rows: ReadonlyMap<string, Row>): readonly Row[] {
  return seats.flatMap((seat) => rows.get(seat.id) ?? []);
}

/** A validator that was asked twice for its review has the second, and everything that was asked was paid. */
function wholeOf(events: readonly StoredEvent[]): (first: Attempt) => Attempt {
  const seconds = byRow(events, 'reattempt-ended');
  const extras = extraTypes.map((type) => byRow(events, type));
  return (first) => {
    const second = seconds.get(first.seat);
    const extra = extras.flatMap((rows) => rows.get(first.seat) ?? []);
    return second ? withSpent(second, [first, ...extra]) : withSpent(first, extra);
  };
}
