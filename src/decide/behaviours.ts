import type { Matrix, Outcome } from '../domain/matrix.ts';

/** Candidates with the same outcome on every input, by their places in the matrix. */
export interface BehaviourGroup {
  readonly members: readonly [number, ...number[]];
  readonly outcomes: readonly Outcome[];
}

/**
 * Groups the candidates that ran by what they do. An exception is a behaviour too, by its kind. A candidate
 * that was run on nothing is in no group.
 */
export function groupByBehaviour({ candidates, inputs, outcomes }: Matrix): BehaviourGroup[] {
  const groups = new Map<
    string,
    { members: [number, ...number[]]; outcomes: readonly Outcome[] }
  >();
  for (const index of candidates.keys()) {
    const row = outcomes[index] ?? [];
    if (inputs.length > 0 && row.every(({ kind }) => kind === 'not-run')) continue;
    const key = JSON.stringify(row.map(outcomeKey));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { members: [index], outcomes: row });
    else group.members.push(index);
  }
  return [...groups.values()];
}

/** Names an outcome: two outcomes are the same exactly when their keys are. */
export function outcomeKey(outcome: Outcome): string {
  if (outcome.kind === 'value') return `=${outcome.key}`;
  return outcome.kind === 'raised' ? `raised ${outcome.error}` : outcome.kind;
}
