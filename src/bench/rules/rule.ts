import type { Matrix } from '../../domain/matrix.ts';

/**
 * A way to choose from a matrix: the places of the candidates that it holds equally good, never empty unless
 * the matrix is. A bench takes the mean over them, which is what a fair draw among them gets.
 */
export type Rule = (matrix: Matrix) => readonly number[];

/** The places of the candidates with the highest score. */
export function best(scores: readonly number[]): number[] {
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  return [...scores.keys()].filter((index) => (scores[index] ?? 0) >= highest - 1e-9);
}
