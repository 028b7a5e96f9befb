import type { Attempt } from '../domain/attempt.ts';
import { addSpent, nothingSpent, type Spending, type Spent } from '../domain/budget.ts';
import type { SeatValues, StoredEvent } from '../domain/event.ts';

/** Adds up what every request of a run used, by its events; whoever was not asked used nothing. */
export function spendingOf(events: readonly StoredEvent[]): Spending {
  const rows = events.flatMap(attemptIn).flatMap((attempt) => {
    const spent = spentOn(attempt);
    return spent ? [{ runner: attempt.runner, spent }] : [];
  });
  const unpriced = rows.filter(({ spent }) => spent.costUsd === null);
  const known = rows.map(({ spent }) => ({ ...spent, costUsd: spent.costUsd ?? 0 }));
  const { costUsd, ...total } = known.reduce<Spent>(addSpent, nothingSpent);
  const knownUsd = costUsd ?? 0;
  return {
    costUsd: unpriced.length === 0 ? knownUsd : null,
    knownUsd,
    ...total,
    unpriced: [...new Set(unpriced.map(({ runner }) => runner))],
  };
}

/** The events that tell what came of asking a model. */
const asked: ReadonlySet<string> = new Set([
  'attempt-ended',
  'tests-ended',
  'inputs-ended',
  'judgement-ended',
  'rejudgement-ended',
  'merge-ended',
  'reattempt-ended',
] satisfies readonly (keyof SeatValues)[]);

function attemptIn(event: StoredEvent): readonly Attempt[] {
  // The type of an event decides the type of its value.
  return asked.has(event.type) && 'value' in event ? [event.value as Attempt] : [];
}

/** A history of an earlier version has of an answer only what the vendor told. */
function spentOn(attempt: Attempt): Spent | undefined {
  if (attempt.spent || attempt.status === 'failed') return attempt.spent;
  const { costUsd, usage } = attempt;
  const tokens = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
  return { costUsd, tokens, isEstimate: usage?.inputTokens == null || usage.outputTokens == null };
}
