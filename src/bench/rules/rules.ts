import { outcomeKey } from '../../decide/behaviours.ts';
import { select } from '../../decide/select.ts';
import type { Matrix, MatrixTest } from '../../domain/matrix.ts';
import { best, type Rule } from './rule.ts';

/** The rules that a bench compares, besides each single model and the oracle. */
export type RuleName = 'random' | 'majority' | 'examples-then-stronger' | 'mbr' | 'codet' | 'ours';

/** The rules that need nothing but the matrix, by the names that the bench prints. */
export const rules: Readonly<Record<RuleName, Rule>> = {
  random: ({ candidates }) => [...candidates.keys()],
  majority,
  'examples-then-stronger': examplesThenStronger,
  mbr,
  codet,
  ours,
};

/** Takes the first candidate of one family, or any one where it wrote none. */
export function single(family: string): Rule {
  return ({ candidates }) => {
    const own = [...candidates.keys()].filter((index) => candidates[index]?.family === family);
    return own.length > 0 ? own : [...candidates.keys()];
  };
}

/** Takes the right candidates where there are any: what a selection that never errs would get. */
export function oracle(right: readonly boolean[]): readonly number[] {
  const places = [...right.keys()];
  return right.some(Boolean) ? places.filter((index) => right[index] === true) : places;
}

/** Our own selection. */
function ours(matrix: Matrix): number[] {
  const { chosen } = select(matrix);
  return [...matrix.candidates.keys()].filter((index) => matrix.candidates[index]?.id === chosen);
}

/** The program that most candidates wrote, letter by letter after normalisation. */
function majority({ candidates }: Matrix): number[] {
  const counts = countBy(candidates.map(({ program }) => program));
  return best(candidates.map(({ program }) => counts.get(program) ?? 0));
}

/** The examples of the task as a filter, then the model with the higher strength. */
function examplesThenStronger(matrix: Matrix): number[] {
  const shown = matrix.tests.filter(({ source }) => source === 'example' || source === 'user');
  const passed = passedTests(matrix, shown).map((tests) => tests.length);
  const most = best(passed);
  const strengths = most.map((index) => matrix.candidates[index]?.strength ?? 0);
  return best(strengths).flatMap((place) => most[place] ?? []);
}

/**
 * The soft form of MBR-Exec (Shi et al. 2022, arXiv 2204.11454): the candidate whose values agree with those of
 * the most candidates, summed over all inputs; each candidate has one vote.
 */
function mbr({ candidates, inputs, outcomes }: Matrix): number[] {
  const scores = candidates.map(() => 0);
  for (const input of inputs.keys()) {
    const keys = candidates.map((_, index) => {
      const outcome = outcomes[index]?.[input];
      return outcome?.kind === 'value' ? outcomeKey(outcome) : undefined;
    });
    const counts = countBy(keys.filter((key) => key !== undefined));
    for (const [index, key] of keys.entries()) {
      if (key !== undefined) scores[index] = (scores[index] ?? 0) + (counts.get(key) ?? 0);
    }
  }
  return best(scores);
}

/**
 * CodeT (Chen et al. 2022, arXiv 2207.10397), as its published code scores: candidates that pass the same tests
 * form a set, and a set scores sqrt(candidates) x tests passed.
 */
function codet(matrix: Matrix): number[] {
  const passed = passedTests(matrix, matrix.tests);
  const keys = passed.map((tests) => tests.join());
  const counts = countBy(keys);
  return best(
    passed.map((tests, index) => Math.sqrt(counts.get(keys[index] ?? '') ?? 0) * tests.length),
  );
}

/** For each candidate, the places of the tests that it passes. */
function passedTests({ candidates, outcomes }: Matrix, tests: readonly MatrixTest[]): number[][] {
  return candidates.map((_, index) =>
    [...tests.keys()].filter((place) => {
      const test = tests[place];
      const outcome = test && outcomes[index]?.[test.input];
      return outcome?.kind === 'value' && outcome.key === test?.expected;
    }),
  );
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
