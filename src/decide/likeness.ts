import type { Statement } from './statement.ts';

/** How alike statements are in their words. */
export interface Likeness {
  /** From 0 to 1. */
  readonly between: (a: Statement, b: Statement) => number;
  /** The statements of other seats that share a word with this one, in their order. */
  readonly near: (statement: Statement) => readonly Statement[];
}

/**
 * The cosine of two statements' words, each word weighted by how rare it is among all statements (inverse
 * document frequency; Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988).
 */
export function likenessAmong(statements: readonly Statement[]): Likeness {
  const shared = sharedWeights(statements);
  const positions = new Map(statements.map((statement, index) => [statement, index]));
  const lengths = new Map(statements.map((statement) => [statement, 1]));
  for (const [statement, others] of shared) {
    lengths.set(statement, Math.sqrt(others.get(statement) ?? 1));
  }
  return {
    between: (a, b) => {
      const cosine = (shared.get(a)?.get(b) ?? 0) / ((lengths.get(a) ?? 1) * (lengths.get(b) ?? 1));
      // Rounded to what two orders of adding can differ in.
      return Math.round(cosine * 1e9) / 1e9;
    },
    near: (statement) => {
      const sharing = [...(shared.get(statement)?.keys() ?? [])];
      return sharing
        .filter(({ seat }) => seat !== statement.seat)
        .sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
    },
  };
}

/** For every two statements that share a word, and each with itself, the weight of what they share. */
function sharedWeights(
  statements: readonly Statement[],
): ReadonlyMap<Statement, ReadonlyMap<Statement, number>> {
  const users = new Map<string, Statement[]>();
  for (const statement of statements) {
    for (const term of statement.terms) {
      const known = users.get(term);
      if (known === undefined) users.set(term, [statement]);
      else known.push(statement);
    }
  }
  return new Map(
    statements.map((statement) => {
      const weights = new Map<Statement, number>();
      for (const term of statement.terms) {
        const sharing = users.get(term) ?? [];
        const weight = Math.log(1 + statements.length / sharing.length) ** 2;
        for (const other of sharing) weights.set(other, (weights.get(other) ?? 0) + weight);
      }
      return [statement, weights];
    }),
  );
}
