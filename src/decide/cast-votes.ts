import type { Matrix, MatrixCandidate } from '../domain/matrix.ts';
import type { BehaviourGroup } from './behaviours.ts';

/** What stands behind one behaviour. */
export interface Support {
  /** Votes before strength: each family has 1, shared by its distinct programs. */
  readonly votes: number;
  /** The same votes, each times the odds that its model is right. */
  readonly weight: number;
  /** The largest share of one family's distinct programs that are in the group, from 0 to 1. */
  readonly consistency: number;
  readonly families: number;
}

/** Odds stay within 1:19 and 19:1, so that no configured strength silences the others. */
const certain = 0.95;

/**
 * Counts the votes behind each behaviour, in the order of the groups. A family has one vote, which its
 * distinct programs share: a copy of a program adds nothing, a hundred samples of one model weigh as much as
 * one answer of another. Strength multiplies a vote by the odds p / (1 - p) that its model is right; an
 * unknown strength is the mean of the known ones.
 */
export function castVotes(matrix: Matrix, groups: readonly BehaviourGroup[]): Support[] {
  const ran = groups.flatMap(({ members }) => members.map((index) => rowAt(matrix, index)));
  const copies = countCopies(ran);
  const fallback = meanStrength(ran);
  return groups.map(({ members }) => {
    const shares = new Map<string, number>();
    let weight = 0;
    for (const index of members) {
      const { family, program, strength } = rowAt(matrix, index);
      const programs = copies.get(family) ?? new Map<string, number>();
      const vote = 1 / programs.size / (programs.get(program) ?? 1);
      shares.set(family, (shares.get(family) ?? 0) + vote);
      weight += vote * oddsOf(known(strength) ?? fallback);
    }
    const perFamily = [...shares.values()];
    return {
      votes: perFamily.reduce((sum, share) => sum + share, 0),
      weight,
      consistency: Math.max(...perFamily),
      families: perFamily.length,
    };
  });
}

/** The strength as a finite number, or undefined when it is unknown. */
export function known(strength: number | null): number | undefined {
  return strength !== null && Number.isFinite(strength) ? strength : undefined;
}

function rowAt(matrix: Matrix, index: number): MatrixCandidate {
  const row = matrix.candidates[index];
  if (row === undefined) throw new RangeError(`The matrix has no candidate ${index}`);
  return row;
}

/** How often each program of each family occurs. */
function countCopies(ran: readonly MatrixCandidate[]): Map<string, Map<string, number>> {
  const families = new Map<string, Map<string, number>>();
  for (const { family, program } of ran) {
    const programs = families.get(family) ?? new Map<string, number>();
    programs.set(program, (programs.get(program) ?? 0) + 1);
    families.set(family, programs);
  }
  return families;
}

/** The mean over families, so that a family with many candidates does not move it. */
function meanStrength(ran: readonly MatrixCandidate[]): number {
  const byFamily = new Map<string, number>();
  for (const { family, strength } of ran) {
    const value = known(strength);
    if (value !== undefined) byFamily.set(family, Math.max(value, byFamily.get(family) ?? 0));
  }
  if (byFamily.size === 0) return 0.5;
  return [...byFamily.values()].reduce((sum, value) => sum + value, 0) / byFamily.size;
}

/** The odds that a model of a strength is right. */
export function oddsOf(strength: number): number {
  const p = Math.min(certain, Math.max(1 - certain, strength));
  return p / (1 - p);
}
