import type { Decision } from '../domain/decision.ts';
import { differ } from '../domain/differ.ts';
import { demandsOn } from '../domain/lens.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Settlement } from '../domain/settlement.ts';
import type { Suite } from '../domain/suite.ts';

/** What a decision went by. */
export interface DecidedBy {
  readonly decision: Decision;
  readonly observed: ReadonlyMap<SeatId, Observed>;
  readonly suite: Suite | null;
  readonly settlement: Settlement | null;
}

/** Weights that differ by less are equal. */
const tolerance = 1e-9;

/**
 * Tells whether evidence beyond what was demanded speaks for the chosen answer and against this one: it meets less,
 * by weight, of the tests of models that counted, or gives another result where a judge named that of the chosen
 * one. How many answers do the same is no such evidence.
 */
export function isToldApart(seat: SeatId, by: DecidedBy): boolean {
  const { decision, observed, suite, settlement } = by;
  if (!suite || decision.chosen === null) return false;
  const [own, chosen] = [rowsOf(observed.get(seat)), rowsOf(observed.get(decision.chosen))];
  if (lackOf([own, chosen], decision, suite) > tolerance) return true;
  if (decision.rule !== 'judged' || !settlement) return false;
  const at = suite.tests.findIndex(({ id }) => id === settlement.test);
  const [one, other] = [own[at], chosen[at]];
  return one !== undefined && other !== undefined && differ(one, other, suite);
}

/** By how much weight of models' tests an answer is behind the chosen one, over those that both could be run on. */
function lackOf(
  [own, chosen]: readonly [readonly Seen[], readonly Seen[]],
  { selection }: Decision,
  suite: Suite,
): number {
  const met = new Map(demandsOn(own, suite).map((demand) => [demand.test.id, demand.met]));
  const weights = new Map(selection?.tests.map((each) => [each.test, each]));
  return demandsOn(chosen, suite).reduce((lack, { test, met: meets }) => {
    const counted = weights.get(test.id);
    if (counted?.because !== 'weighed' || !met.has(test.id)) return lack;
    return lack + counted.weight * (Number(meets) - Number(met.get(test.id)));
  }, 0);
}

function rowsOf(row: Observed | undefined): readonly Seen[] {
  return row?.status === 'ran' ? row.rows : [];
}
