import type { Candidate } from '../domain/candidate.ts';
import type { Contradiction, Point, Synthesis } from '../domain/decision.ts';
import { cluster } from './cluster.ts';
import { codePoints } from './code-points.ts';
import { conflictOf, pickSame, withoutKinds } from './conflict.ts';
import { inOrder } from './in-order.ts';
import { type Likeness, likenessAmong } from './likeness.ts';
import { type Statement, statementsOf } from './statement.ts';

/** The most points of each kind. */
export const agreementsMaxCount = 20;
export const contradictionsMaxCount = 12;
export const uniquePerSeatMaxCount = 8;

/** Above this likeness with a statement of another seat, nothing was seen by one alone. */
const uniqueMaxLikeness = 0.3;

/** Fewer words than this are no insight of their own. */
const uniqueMinTerms = 4;

/**
 * Compares several perspectives on a design, by their prose statement by statement and by the files that
 * they propose: what two or more say, where they contradict each other, and what only one saw. It compares
 * words, not sense: it finds what is said alike, misses what is said in other words, and each point has to
 * be read before it is believed. The order of the candidates makes no difference.
 */
export function synthesize(candidates: readonly Candidate[]): Synthesis {
  const sorted = candidates.toSorted((a, b) => inOrder(a.seat, b.seat));
  const statements = withoutKinds(sorted.flatMap(statementsOf));
  const likeness = likenessAmong(statements);
  const clusters = cluster(statements, likeness);
  const ofCode = codePoints(sorted);
  const agreements = headingsLast(clusters).flatMap((members) => agreementOf(members, likeness));
  const contradictions = contradictionsAmong(statements, clusters, likeness);
  return {
    agreements: [...ofCode.agreements, ...agreements]
      .sort((a, b) => b.seats.length - a.seats.length)
      .slice(0, agreementsMaxCount),
    contradictions: [...ofCode.contradictions, ...contradictions].slice(0, contradictionsMaxCount),
    unique: sorted.flatMap(({ seat }) =>
      [
        ...ofCode.unique.filter(({ seats }) => seats.includes(seat)),
        ...uniqueOf(seat, statements, likeness),
      ].slice(0, uniquePerSeatMaxCount),
    ),
  };
}

/** Two that share a heading agree on less than two that share a sentence. */
function headingsLast(
  clusters: readonly (readonly Statement[])[],
): readonly (readonly Statement[])[] {
  const isHeading = (members: readonly Statement[]): boolean =>
    members.every((statement) => statement.isHeading);
  return clusters.toSorted((a, b) => Number(isHeading(a)) - Number(isHeading(b)));
}

/** What the members of a cluster say, in the words of the one most like the others. */
function agreementOf(members: readonly Statement[], likeness: Likeness): readonly Point[] {
  const hasConflict = members.some((a) => members.some((b) => conflictOf(a, b, likeness) !== null));
  const seats = seatsOf(members);
  const [first] = members;
  if (hasConflict || seats.length < 2 || first === undefined) return [];
  const closeness = (statement: Statement): number =>
    members.reduce((sum, other) => sum + likeness.between(statement, other), 0);
  const central = members.reduce((a, b) => (closeness(b) > closeness(a) ? b : a), first);
  return [{ text: central.text, seats }];
}

/** Every pair of sides once, with all the seats on either. */
function contradictionsAmong(
  statements: readonly Statement[],
  clusters: readonly (readonly Statement[])[],
  likeness: Likeness,
): readonly Contradiction[] {
  const clusterOf = new Map(clusters.flatMap((members) => members.map((one) => [one, members])));
  const sideOf = (statement: Statement): readonly Statement[] =>
    statements.filter((other) => {
      if (other === statement || pickSame(statement, other)) return true;
      const isNear = clusterOf.get(statement)?.includes(other) ?? false;
      return isNear && conflictOf(statement, other, likeness) === null;
    });
  const found = new Map<string, Contradiction>();
  for (const a of statements) {
    for (const b of likeness.near(a)) {
      const subject = conflictOf(a, b, likeness);
      if (subject === null) continue;
      const contradiction = between(subject, sideOf(a), sideOf(b));
      const key = contradiction?.sides
        .map(({ text }) => text)
        .sort(inOrder)
        .join('\n');
      if (contradiction !== null && key !== undefined && !found.has(key))
        found.set(key, contradiction);
    }
  }
  return [...found.values()];
}

/** Null when a seat is on both sides: it then proposes the one beside the other. */
function between(
  subject: string,
  left: readonly Statement[],
  right: readonly Statement[],
): Contradiction | null {
  const [first, second] = [left[0], right[0]];
  if (first === undefined || second === undefined) return null;
  const sides: readonly [Point, Point] = [
    { text: first.text, seats: seatsOf(left) },
    { text: second.text, seats: seatsOf(right) },
  ];
  return sides[0].seats.some((seat) => sides[1].seats.includes(seat)) ? null : { subject, sides };
}

/** What is like nothing that another seat says, in the order in which it is said. */
function uniqueOf(
  seat: string,
  statements: readonly Statement[],
  likeness: Likeness,
): readonly Point[] {
  if (statements.every((statement) => statement.seat === seat)) return [];
  return statements
    .filter((own) => own.seat === seat && !own.isHeading && own.terms.size >= uniqueMinTerms)
    .filter((own) =>
      likeness.near(own).every((other) => likeness.between(own, other) <= uniqueMaxLikeness),
    )
    .map(({ text }) => ({ text, seats: [seat] }));
}

function seatsOf(statements: readonly Statement[]): readonly string[] {
  return [...new Set(statements.map(({ seat }) => seat))].sort(inOrder);
}
