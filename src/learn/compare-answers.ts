import type { Credit, CreditBasis } from '../domain/credit.ts';
import type { Decision } from '../domain/decision.ts';
import type { Seat, SeatId } from '../domain/plan.ts';
import type { Selection, SelectionRow } from '../domain/selection.ts';

/** What a comparison of the answers says of one of them. */
export type Comparison = Pick<Credit, 'result' | 'basis'>;

/** What is said of an answer that was held against no other. */
export const uncompared: Comparison = { result: 'uncompared', basis: null };

const tied: Comparison = { result: 'tied', basis: null };

/** Scores that differ by less are equal. */
const tolerance = 1e-9;

/**
 * Compares the answers of different runners by the decision. Everyone in the chosen behaviour wins, but only where
 * somebody loses to it; those that only size, strength or order tells apart are tied. Nothing is said where one
 * runner alone answered.
 */
export function compareAnswers(
  seats: readonly Seat[],
  decision: Decision,
): ReadonlyMap<SeatId, Comparison> {
  const { chosen, rule } = decision;
  const runners = new Set(seats.map(({ runner }) => runner));
  const isChosen = seats.some(({ id }) => id === chosen);
  if (chosen === null || !isChosen || runners.size < 2) return new Map();
  const places = new Map(seats.map(({ id }) => [id, placeOf(id, chosen, decision)]));
  const all = [...places.values()];
  const isDecided = all.includes('behind') && !all.includes('level');
  const basis = decision.selection ? basisOf(decision.selection, rule) : 'text';
  return new Map(
    [...places].map(([seat, place]): [SeatId, Comparison] => {
      if (place === 'unknown') return [seat, uncompared];
      if (place === 'behind') return [seat, { result: 'lost', basis }];
      return [seat, place === 'lead' && isDecided ? { result: 'won', basis } : tied];
    }),
  );
}

/** `lead`: does what the chosen one does. `level`: does something else, and nothing that was run speaks against it. */
type Place = 'lead' | 'level' | 'behind' | 'unknown';

function placeOf(seat: SeatId, chosen: SeatId, decision: Decision): Place {
  if (seat === chosen) return 'lead';
  const { selection } = decision;
  return selection
    ? placeByRunning([seat, chosen], selection, decision.rule)
    : placeByText([seat, chosen], decision.rankings);
}

function placeByText(pair: readonly SeatId[], rankings: Decision['rankings']): Place {
  const [own, best] = pair.map((id) => rankings.find(({ seat }) => seat === id));
  if (!own?.eligible) return 'behind';
  return isLess(own.agreement ?? 0, best?.agreement ?? 0) ? 'behind' : 'level';
}

function placeByRunning(
  pair: readonly SeatId[],
  { rows }: Selection,
  rule: Decision['rule'],
): Place {
  const [own, best] = pair.map((id) => rows.find(({ candidate }) => candidate === id));
  // An answer without code, where the others have some.
  if (!own || !best) return 'behind';
  if (own.behaviour === null) return 'unknown';
  if (own.behaviour === best.behaviour) return 'lead';
  return rule === 'judged' || isBehind(own, best) ? 'behind' : 'level';
}

/** By the first measure in which they differ, as the selection has them. */
function isBehind(own: SelectionRow, best: SelectionRow): boolean {
  const measures = ['checks', 'userTests', 'examples', 'score'] as const;
  const first = measures.find((measure) => Math.abs(own[measure] - best[measure]) > tolerance);
  return first !== undefined && isLess(own[first], best[first]);
}

function isLess(one: number, other: number): boolean {
  return other - one > tolerance;
}

/** A score without a test that counts is what the other answers do. */
function basisOf({ tests }: Selection, rule: Decision['rule']): CreditBasis {
  const byTests = tests.some(({ weight }) => weight > 0);
  return rule === 'judged' || byTests ? 'tests' : 'behaviour';
}
