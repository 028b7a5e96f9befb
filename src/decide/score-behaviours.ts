import type { EvidenceSource, Matrix } from '../domain/matrix.ts';
import type { ScoreParts, TestWeight } from '../domain/selection.ts';
import { agreementOf, valueAt } from './agreement.ts';
import { type BehaviourGroup, groupByBehaviour } from './behaviours.ts';
import { castVotes } from './cast-votes.ts';
import { steady } from './steady.ts';
import { type Standing, weighTests } from './weigh-tests.ts';

/** A behaviour with its score. */
export interface ScoredBehaviour {
  readonly group: BehaviourGroup;
  readonly families: number;
  readonly parts: ScoreParts;
}

/** Every behaviour of a matrix with its score, and what each test weighed in it. */
export interface Scores {
  readonly behaviours: readonly ScoredBehaviour[];
  readonly tests: readonly TestWeight[];
}

/**
 * Scores each behaviour: sqrt(consistency) x agreement x (1 + weighed tests). The product of the square root of
 * a group's size and of its tests is CodeT's (Chen et al. 2022, arXiv 2207.10397, as its code has it).
 */
export function scoreBehaviours(matrix: Matrix): Scores {
  const groups = groupByBehaviour(matrix);
  const supports = castVotes(matrix, groups);
  const agreements = agreementOf(groups, supports);
  const standings = groups.map((group, index): Standing => {
    const { consistency = 0, votes = 0 } = supports[index] ?? {};
    return { group, votes, base: Math.sqrt(consistency) * (agreements[index] ?? 0) };
  });
  const tests = weighTests(matrix.tests, standings);
  const behaviours = standings.map(({ group, base }, index): ScoredBehaviour => {
    const passed = (...sources: readonly EvidenceSource[]): number =>
      steady(passedWeight({ matrix, tests, group, sources }));
    const fromModels = passed('validator', 'generated');
    const parts = {
      userTests: passed('user'),
      examples: passed('example'),
      consistency: steady(supports[index]?.consistency ?? 0),
      agreement: steady(agreements[index] ?? 0),
      tests: fromModels,
      score: steady(base * (1 + fromModels)),
    };
    return { group, families: supports[index]?.families ?? 0, parts };
  });
  return { behaviours, tests };
}

interface Passing {
  readonly matrix: Matrix;
  readonly tests: readonly TestWeight[];
  readonly group: BehaviourGroup;
  readonly sources: readonly EvidenceSource[];
}

/** The summed weight of the tests of these sources that the group passes. */
function passedWeight({ matrix, tests, group, sources }: Passing): number {
  let sum = 0;
  for (const [index, { source, input, expected }] of matrix.tests.entries()) {
    const passes = sources.includes(source) && valueAt(group.outcomes, input) === expected;
    if (passes) sum += tests[index]?.weight ?? 0;
  }
  return sum;
}
