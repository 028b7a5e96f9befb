import type { Answered, Attempt } from '../domain/attempt.ts';
import { addSpent, nothingSpent } from '../domain/budget.ts';

/**
 * Adds to an attempt what else its seat was asked: requests, time, tokens and cost; how it ended stays. What is
 * unknown of one that answered is unknown of the sum; one that failed says nothing of tokens and cost.
 */
export function withSpent(attempt: Attempt, others: readonly Attempt[]): Attempt {
  if (others.length === 0) return attempt;
  const all = [attempt, ...others];
  const tries = total(all.map((each) => each.tries)) ?? 0;
  const durationMs = total(all.map((each) => each.durationMs)) ?? 0;
  const counted = all.flatMap((each) => each.spent ?? []);
  const spent = counted.length === 0 ? undefined : counted.reduce(addSpent, nothingSpent);
  if (attempt.status === 'failed') return { ...attempt, tries, durationMs, spent };
  const paid = all.filter((each): each is Answered => each.status === 'answered');
  return {
    ...attempt,
    tries,
    durationMs,
    spent,
    usage: {
      inputTokens: total(paid.map(({ usage }) => usage?.inputTokens ?? null)),
      outputTokens: total(paid.map(({ usage }) => usage?.outputTokens ?? null)),
    },
    costUsd: total(paid.map(({ costUsd }) => costUsd)),
  };
}

/** Unknown plus anything is unknown. */
function total(amounts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const amount of amounts) {
    if (amount === null) return null;
    sum += amount;
  }
  return sum;
}
