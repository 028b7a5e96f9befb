import type { Tally, TrackRecord } from '../domain/learning.ts';
import type { Beta } from '../lib/sample-beta.ts';

/** The answers that a prior of nothing but a position, or of a configured strength, is worth. */
const priorAnswers = 4;

/** The most answers that everything outside of a category is worth within it. */
const elsewhereMaxAnswers = 10;

/** Calls that a runner is taken to have answered, and failed, before anything is known. */
const answersPrior: Beta = { a: 9, b: 1 };

/** What is believed of a runner: how often it answers, and how often its answers are right. */
export interface Belief {
  readonly answers: Beta;
  readonly right: Beta;
}

/**
 * Forms the belief about a runner in a category. What it did elsewhere is the prior of the category, so that few
 * runs there are drawn to its overall share; `expected` is the prior of that, 0 to 1.
 */
export function beliefIn(record: TrackRecord, expected: number): Belief {
  const overall = posterior(priorOf(expected, priorAnswers), record.elsewhere);
  const prior = priorOf(meanOf(overall), Math.min(elsewhereMaxAnswers, overall.a + overall.b));
  return {
    answers: posterior(answersPrior, { right: record.answered, wrong: record.failed }),
    right: posterior(prior, record.here),
  };
}

/** The mean of a beta distribution. */
export function meanOf({ a, b }: Beta): number {
  return a / (a + b);
}

/** The beta distribution after evidence. */
export function posterior({ a, b }: Beta, { right, wrong }: Tally): Beta {
  return { a: a + right, b: b + wrong };
}

/** A beta distribution with a mean, worth some answers. */
export function priorOf(mean: number, answers: number): Beta {
  return { a: mean * answers, b: (1 - mean) * answers };
}
