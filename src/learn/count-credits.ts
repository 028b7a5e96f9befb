import type { Credit, CreditCount } from '../domain/credit.ts';

/** Counts credits that are alike in everything but what they cost. */
export function countCredits(credits: readonly Credit[]): readonly CreditCount[] {
  const kinds = Map.groupBy(credits, kindOf);
  return [...kinds.values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const { seat: _, costUsd: __, tokens: ___, ...kind } = first;
    const costs = alike.flatMap(({ costUsd }) => costUsd ?? []);
    const tokens = alike.flatMap((each) => each.tokens ?? []);
    return {
      ...kind,
      count: alike.length,
      costUsd: sum(costs),
      costsKnown: costs.length,
      tokens: sum(tokens),
      tokensKnown: tokens.length,
    };
  });
}

function kindOf(credit: Credit): string {
  const { runner, model, category, result, basis, failure, durationMs } = credit;
  return JSON.stringify([runner, model, category, result, basis, failure, durationMs]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
