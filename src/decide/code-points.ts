import type { Candidate } from '../domain/candidate.ts';
import type { Contradiction, Synthesis } from '../domain/decision.ts';
import type { SeatId } from '../domain/plan.ts';

/** Compares what the perspectives propose as code: the names of their files, and the language of the main one. */
export function codePoints(candidates: readonly Candidate[]): Synthesis {
  const seatsOfPath = group(candidates, ({ files }) => files.flatMap(({ path }) => path ?? []));
  const seatsOfLanguage = group(candidates, ({ files: [main] }) => [main.language ?? []].flat());
  const points = [...seatsOfPath].map(([path, seats]) => ({ text: `File ${path}`, seats }));
  const languages = [...seatsOfLanguage].map(([language, seats]) => ({
    text: `The main file is in ${language}`,
    seats,
  }));
  const isShared = ({ seats }: { readonly seats: readonly SeatId[] }): boolean => seats.length > 1;
  const someSharePaths = points.some(isShared);
  return {
    agreements: [...languages, ...points].filter(isShared),
    contradictions: languages.flatMap((side, index): readonly Contradiction[] =>
      languages.slice(index + 1).map((other) => ({ subject: 'Language', sides: [side, other] })),
    ),
    // Where no two agree on a single name, the names say nothing about what only one saw.
    unique: someSharePaths ? points.filter((point) => !isShared(point)) : [],
  };
}

type CodeCandidate = Extract<Candidate, { readonly status: 'code' }>;

/** The seats by each value that they have, every seat once. */
function group(
  candidates: readonly Candidate[],
  valuesOf: (candidate: CodeCandidate) => readonly string[],
): ReadonlyMap<string, readonly SeatId[]> {
  const seats = new Map<string, readonly SeatId[]>();
  for (const candidate of candidates) {
    if (candidate.status !== 'code') continue;
    for (const value of new Set(valuesOf(candidate))) {
      seats.set(value, [...(seats.get(value) ?? []), candidate.seat]);
    }
  }
  return seats;
}
