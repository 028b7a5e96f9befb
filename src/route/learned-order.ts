import type { Draw, RouteLearning, TrackRecord } from '../domain/learning.ts';
import { sampleBeta } from '../lib/sample-beta.ts';
import { type Belief, beliefIn, meanOf } from './posterior.ts';

/** What routing knows of runs of the past. */
export type Learned =
  | {
      readonly status: 'known';
      readonly recordOf: (runner: string, category: string) => TrackRecord;
      /** Numbers from 0 up to 1, without 1. */
      readonly random: () => number;
    }
  | { readonly status: 'unknown'; readonly because: string };

/** Whom to put in order. */
export interface Contest {
  readonly category: string;
  /** The runners of the category that can be asked here, in the configured order. */
  readonly runners: readonly string[];
  /** How many of them are sure to be asked. */
  readonly seats: number;
  /** The configured strength of a runner, 0 to 1. */
  readonly strengthOf: (runner: string) => number | undefined;
}

/** The fewest answers of these runners that won or lost, in any category, for the history to be gone by. */
const decidedMinCount = 20;

/** The share of runs in which every runner is sure to be asked, where there are seats enough for it. */
export const explorationFloor = 0.05;

/** Priors by position, from the first runner of a category to the last. */
const [firstPrior, lastPrior] = [0.6, 0.5];

/**
 * Puts runners in order by Thompson sampling: of each, how often it answers and how often it is right are drawn from
 * what is believed of it, and the highest product comes first. In a few runs the order is chance alone, so that
 * each is asked in at least 5 % of all runs. After W. R. Thompson, Biometrika 25 (1933); O. Chapelle and L. Li, "An
 * Empirical Evaluation of Thompson Sampling", NIPS 2011.
 */
export function learnedOrder(learned: Learned, contest: Contest): RouteLearning {
  if (learned.status === 'unknown') return { status: 'not-used', because: learned.because };
  const { recordOf, random } = learned;
  const { runners, category } = contest;
  if (runners.length < 2) {
    return { status: 'not-used', because: 'there are no two models to choose from' };
  }
  const records = runners.map((runner) => recordOf(runner, category));
  const decided = records.reduce((sum, { decidedInAll }) => sum + decidedInAll, 0);
  if (decided < decidedMinCount) {
    const found = decided === 1 ? 'one answer' : `${decided} answers`;
    const because = `${found} of these models won or lost before, wanted ${decidedMinCount}`;
    return { status: 'not-used', because };
  }
  const explored = random() < explorationShare(runners.length, contest.seats);
  const draws = runners.map((runner, index): Draw => {
    const record = records[index] ?? recordOf(runner, category);
    const belief = beliefIn(record, contest.strengthOf(runner) ?? priorAt(index, runners.length));
    const { won, decided: decidedHere } = record;
    const drawn = explored ? random() : drawFrom(belief, random);
    return { runner, won, decided: decidedHere, expected: expectedOf(belief), drawn };
  });
  return { status: 'used', explored, draws: draws.toSorted((a, b) => b.drawn - a.drawn) };
}

/**
 * The share of runs whose order is chance, in which each of the runners gets a seat equally often; at most one half,
 * so that with many runners for one seat the floor is lower.
 */
function explorationShare(runners: number, seats: number): number {
  if (seats >= runners) return 0;
  return Math.min(1 / 2, (explorationFloor * runners) / seats);
}

function priorAt(index: number, count: number): number {
  return firstPrior - ((firstPrior - lastPrior) * index) / Math.max(1, count - 1);
}

function drawFrom({ answers, right }: Belief, random: () => number): number {
  return sampleBeta(answers, random) * sampleBeta(right, random);
}

function expectedOf({ answers, right }: Belief): number {
  return meanOf(answers) * meanOf(right);
}
