/** How often each pair of neighbours occurs in a list of tokens. */
export type PairCounts = ReadonlyMap<string, number>;

/** Counts the pairs of neighbours, the two ends included, so that a single token has pairs too. */
export function countPairs(tokens: readonly string[]): PairCounts {
  const counts = new Map<string, number>();
  let before = '';
  for (const token of [...tokens, '']) {
    const pair = `${before}\n${token}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
    before = token;
  }
  return counts;
}

/**
 * How alike two lists are, from 0 to 1: twice the pairs of neighbours that they share, over all that they
 * have. This is Dice's coefficient (Dice 1945) on pairs, as Adamson and Boreham (1974) use it on words.
 * Linear in the length, the same both ways, and hardly moved by functions in another order. On recorded
 * panels of three and four answers it chose right ones as often as, or more often than, longer shingles
 * and the longest common subsequence.
 */
export function similarity(a: PairCounts, b: PairCounts): number {
  let shared = 0;
  for (const [pair, count] of a) shared += Math.min(count, b.get(pair) ?? 0);
  return (2 * shared) / (total(a) + total(b));
}

function total(counts: PairCounts): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
