import type { Candidate } from '../domain/candidate.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Verdict } from '../domain/verdict.ts';
import { countPairs, similarity } from './similarity.ts';

/** What can be said of a candidate before it is compared, best first. */
export const standings = ['parses', 'unchecked', 'broken', 'prose', 'none'] as const;

export type Standing = (typeof standings)[number];

/** One candidate with what is known of it. */
export interface Entry {
  readonly candidate: Candidate;
  readonly verdict: Verdict | undefined;
  readonly standing: Standing;
  /** What it is compared by: code as canonical tokens, prose as words. */
  readonly tokens: readonly string[];
}

/** Joins a candidate with its verdict. */
export function entryOf(candidate: Candidate, verdicts: readonly Verdict[]): Entry {
  const verdict = verdicts.find(({ seat }) => seat === candidate.seat);
  const standing = standingOf(candidate, verdict);
  return { candidate, verdict, standing, tokens: tokensOf(candidate, verdict) };
}

/**
 * The mean similarity of each candidate with the others; null when there is no other. The order of the
 * candidates makes no difference, down to the last digit.
 */
export function agreementsOf(entries: readonly Entry[]): ReadonlyMap<SeatId, number | null> {
  const counts = entries.map((entry) => countPairs(entry.tokens));
  return new Map(
    entries.map((entry, index) => {
      const own = counts[index] ?? new Map<string, number>();
      const others = counts.filter((_, other) => other !== index);
      return [entry.candidate.seat, mean(others.map((other) => similarity(own, other)))];
    }),
  );
}

/** Sets of two or more candidates that are equal in all that is compared. */
export function equalGroups(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups = Map.groupBy(entries, (entry) => entry.tokens.join('\n'));
  return [...groups.values()].filter((group) => group.length > 1);
}

function standingOf(candidate: Candidate, verdict: Verdict | undefined): Standing {
  if (candidate.status !== 'code') return candidate.status;
  if (verdict?.status === 'passed') return 'parses';
  return verdict?.status === 'failed' ? 'broken' : 'unchecked';
}

function tokensOf(candidate: Candidate, verdict: Verdict | undefined): readonly string[] {
  if (candidate.status === 'code') return verdict?.tokens ?? [];
  if (candidate.status === 'none') return [];
  return candidate.prose.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Rounded to what two orders of adding can differ in. */
function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sum = values.toSorted((a, b) => a - b).reduce((total, value) => total + value, 0);
  return Math.round((sum / values.length) * 1e9) / 1e9;
}
