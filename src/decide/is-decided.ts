import type { Decision } from '../domain/decision.ts';
import type { Seat } from '../domain/plan.ts';
import { known, oddsOf } from './cast-votes.ts';

/** Whose answers are there, and whose may still come. */
export interface Field {
  /** The seats that answers are in hand of. */
  readonly asked: readonly Seat[];
  readonly left: readonly Seat[];
}

/**
 * Tells whether a decision that meets all that is demanded of it stands, whatever the seats that are left would
 * bring: the families that are wholly behind its behaviour outweigh all others and those to come. A family of
 * which more is to come is not counted as behind it.
 */
export function isDecided(
  { chosen, verification, selection }: Decision,
  { asked, left }: Field,
): boolean {
  const isMet = verification.status === 'verified' || verification.status === 'partly';
  if (chosen === null || !selection || !isMet) return false;
  const lead = selection.behaviours.find(({ members }) => members.includes(chosen));
  if (!lead) return false;
  const odds = familyOdds([...asked, ...left]);
  const inDoubt = new Set(left.map(familyOf));
  for (const seat of asked) {
    const ran = selection.rows.some(
      ({ candidate, behaviour }) => candidate === seat.id && behaviour !== null,
    );
    if (ran && !lead.members.includes(seat.id)) inDoubt.add(familyOf(seat));
  }
  const behind = new Set(
    asked.filter(({ id }) => lead.members.includes(id)).map(familyOf),
  ).difference(inDoubt);
  const weigh = (families: ReadonlySet<string>): number =>
    [...families].reduce((sum, family) => sum + (odds.get(family) ?? 1), 0);
  return weigh(behind) > weigh(inDoubt);
}

/** The odds that each family is right; one whose strength is unknown has the mean of the known ones. */
function familyOdds(seats: readonly Seat[]): ReadonlyMap<string, number> {
  const strengths = new Map<string, number>();
  for (const seat of seats) {
    const strength = known(seat.strength ?? null) ?? 0;
    strengths.set(familyOf(seat), Math.max(strength, strengths.get(familyOf(seat)) ?? 0));
  }
  const said = [...strengths.values()].filter((strength) => strength > 0);
  const mean = said.length === 0 ? 0.5 : said.reduce((sum, each) => sum + each, 0) / said.length;
  return new Map(
    [...strengths].map(([family, strength]) => [family, oddsOf(strength > 0 ? strength : mean)]),
  );
}

function familyOf({ family, runner }: Seat): string {
  return family ?? runner;
}
