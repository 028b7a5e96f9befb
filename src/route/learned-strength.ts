import type { TrackRecord } from '../domain/learning.ts';
import { meanOf, posterior, priorOf } from './posterior.ts';

/** The fewest answers in a category that running showed to be right or wrong. */
const verifiedMinCount = 20;

/** Between these no model's vote counts more than nine times another's. */
const [lowest, highest] = [0.25, 0.75];

/** Answers that the configured strength, or one half, is worth beside those. */
const priorAnswers = 10;

/**
 * The share of right answers that running showed in a category, drawn to the configured strength and kept within
 * bounds; undefined while too few are known. What was only agreed upon has no part in it: votes are weighed by it.
 */
export function learnedStrength(
  { verified }: TrackRecord,
  configured: number | undefined,
): number | undefined {
  if (verified.right + verified.wrong < verifiedMinCount) return undefined;
  const share = meanOf(posterior(priorOf(configured ?? 1 / 2, priorAnswers), verified));
  return Math.min(highest, Math.max(lowest, share));
}
