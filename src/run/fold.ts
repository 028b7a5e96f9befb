import type { Attempt } from '../domain/attempt.ts';
import type { RunStatus, StoredEvent } from '../domain/event.ts';
import { onceValue, seatValues } from '../domain/event-values.ts';
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
  const plan = onceValue(events, 'plan-made');
  const decision = onceValue(events, 'decision-made');
  const validation = onceValue(events, 'validation-made');
  if (!(task && status && plan && decision && validation)) return undefined;
  const attempts = inOrder(plan.seats, seatValues(events, 'attempt-ended'));
  const primaries = attempts.slice(0, plan.seats.filter(({ role }) => role === 'primary').length);
  return {
    ...facts,
    task,
    status,
    plan,
    attempts: attempts.map(wholeOf(events)),
    candidates: primaries.map(read),
    verdicts: inOrder(plan.seats, seatValues(events, 'verdict-given')),
    suite: onceValue(events, 'suite-made') ?? null,
    observed: inOrder(plan.seats, seatValues(events, 'candidate-observed')),
    settlement: onceValue(events, 'settlement-made') ?? null,
    merge: onceValue(events, 'merge-made') ?? null,
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
  if (onceValue(events, 'decision-made')?.chosen == null) return 'failed';
  const attempts = [...seatValues(events, 'attempt-ended').values()];
  const reviews = [...seatValues(events, 'review-given').values()];
  const failed = attempts.some(
    (attempt) => attempt.status === 'failed' && attempt.failure.kind !== 'not-needed',
  );
  return failed || reviews.some(({ status }) => status === 'none') ? 'degraded' : 'complete';
}

function inOrder<Row>(seats: readonly Seat[], rows: ReadonlyMap<string, Row>): readonly Row[] {
  return seats.flatMap((seat) => rows.get(seat.id) ?? []);
}

/** A validator that was asked twice for its review has the second, and everything that was asked was paid. */
function wholeOf(events: readonly StoredEvent[]): (first: Attempt) => Attempt {
  const seconds = seatValues(events, 'reattempt-ended');
  const extras = extraTypes.map((type) => seatValues(events, type));
  return (first) => {
    const second = seconds.get(first.seat);
    const extra = extras.flatMap((rows) => rows.get(first.seat) ?? []);
    return second ? withSpent(second, [first, ...extra]) : withSpent(first, extra);
  };
}
