import type { Likeness } from './likeness.ts';
import type { Statement } from './statement.ts';

/** From this likeness on, two statements are taken to say the same, unless they conflict. */
export const sameMinLikeness = 0.5;

/**
 * Groups the statements that say the same: those linked, directly or through others, by being each other's
 * most alike among their two seats. That keeps a vague statement from pulling together all that resembles it.
 */
export function cluster(
  statements: readonly Statement[],
  likeness: Likeness,
): readonly (readonly Statement[])[] {
  const best = new Map(statements.map((statement) => [statement, mostAlike(statement, likeness)]));
  const clusterOf = new Map(statements.map((statement) => [statement, [statement]]));
  for (const statement of statements) {
    for (const other of best.get(statement) ?? []) {
      if (best.get(other)?.includes(statement)) merge(statement, other, clusterOf);
    }
  }
  return [...new Set(clusterOf.values())];
}

/** The one of each other seat that is most alike, the first of equals, where it is alike enough. */
function mostAlike(statement: Statement, likeness: Likeness): readonly Statement[] {
  const best = new Map<string, Statement>();
  const value = (other: Statement): number => likeness.between(statement, other);
  for (const other of likeness.near(statement)) {
    const known = best.get(other.seat);
    if (known === undefined || value(other) > value(known)) best.set(other.seat, other);
  }
  return [...best.values()].filter((other) => value(other) >= sameMinLikeness);
}

function merge(a: Statement, b: Statement, clusterOf: Map<Statement, Statement[]>): void {
  const into = clusterOf.get(a) ?? [];
  const from = clusterOf.get(b) ?? [];
  if (into === from) return;
  into.push(...from);
  for (const statement of from) clusterOf.set(statement, into);
}
