import type { BehaviourGroup } from './behaviours.ts';
import type { Support } from './cast-votes.ts';

/**
 * The agreement of each behaviour with all votes: over the inputs for which any candidate brings a value, the
 * mean share of the weighed votes that bring the same value, from 0 to 1. It is the soft form of MBR-Exec (Shi
 * et al. 2022, arXiv 2204.11454, minimum Bayes risk on outputs), with votes instead of samples. What is no
 * value agrees with nothing.
 */
export function agreementOf(
  groups: readonly BehaviourGroup[],
  supports: readonly Support[],
): number[] {
  const total = supports.reduce((sum, { weight }) => sum + weight, 0);
  const sums = groups.map(() => 0);
  const width = groups[0]?.outcomes.length ?? 0;
  let compared = 0;
  for (let input = 0; input < width; input += 1) {
    const values = groups.map(({ outcomes }) => valueAt(outcomes, input));
    if (values.every((value) => value === undefined)) continue;
    compared += 1;
    const weights = weighValues(values, supports);
    for (const [index, value] of values.entries()) {
      if (value !== undefined) sums[index] = (sums[index] ?? 0) + (weights.get(value) ?? 0);
    }
  }
  return sums.map((sum) => (compared === 0 ? 0 : sum / compared / total));
}

/** The key of the value at an input; undefined for every other outcome. */
export function valueAt(outcomes: BehaviourGroup['outcomes'], input: number): string | undefined {
  const outcome = outcomes[input];
  return outcome?.kind === 'value' ? outcome.key : undefined;
}

function weighValues(
  values: readonly (string | undefined)[],
  supports: readonly Support[],
): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    weights.set(value, (weights.get(value) ?? 0) + (supports[index]?.weight ?? 0));
  }
  return weights;
}
