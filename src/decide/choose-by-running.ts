import type { Decision, DecisionRule, Ranking } from '../domain/decision.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Selection, SelectionReason, SelectionRow } from '../domain/selection.ts';
import type { Trial } from './decide.ts';
import type { Entry } from './entry.ts';
import { explainSelection } from './explain-selection.ts';
import { type Examined, matrixOf } from './matrix-of.ts';
import { select } from './select.ts';

/** A choice with its reasons. */
export type Choice = Pick<Decision, 'chosen' | 'rule' | 'rankings' | 'selection' | 'explanation'>;

/** Chooses by what the candidates did when they were run; undefined where none of them ran. */
export function chooseByRunning(
  entries: readonly Entry[],
  trial: Trial | undefined,
  nameOf: (seat: SeatId) => string,
): Choice | undefined {
  if (!trial) return undefined;
  const examined = entries.flatMap((entry) => examinedOf(entry, trial));
  if (!examined.some(({ observed }) => observed.status === 'ran')) return undefined;
  const selection = select(matrixOf(examined, trial.suite));
  const judged = judgedSeat(selection, trial);
  const chosen = judged ?? selection.chosen;
  const rule = judged === undefined ? ruleOf[selection.reason] : 'judged';
  const rows = new Map(selection.rows.map((row) => [row.candidate, row]));
  return {
    chosen,
    rule,
    selection,
    rankings: entries.map(({ candidate: { seat } }): Ranking => {
      const row = rows.get(seat);
      return {
        seat,
        eligible: row !== undefined && row.behaviour !== null,
        agreement: row?.behaviour == null ? null : row.agreement,
        reason: row ? reasonFor(row) : 'Brings no code.',
      };
    }),
    explanation: explainSelection({ selection, trial, chosen, rule, entries }, nameOf),
  };
}

const ruleOf: Readonly<Record<SelectionReason, DecisionRule>> = {
  'no-candidate': 'none',
  'only-candidate': 'only-one',
  'one-behaviour': 'one-behaviour',
  checks: 'checks',
  'user-tests': 'user-tests',
  examples: 'examples',
  score: 'score',
  strength: 'strength',
  size: 'size',
  program: 'program',
};

/** Only code can be run; the other answers stay rows of the decision, and are never votes. */
function examinedOf({ candidate, verdict }: Entry, trial: Trial): readonly Examined[] {
  const seat = trial.seats.find(({ id }) => id === candidate.seat);
  const observed = trial.observed.find((row) => row.seat === candidate.seat);
  if (candidate.status !== 'code' || !seat || !verdict || !observed) return [];
  return [{ seat, candidate, verdict, observed }];
}

/** The best candidate of the behaviour that the judge named; undefined where that is chosen anyway. */
function judgedSeat(selection: Selection, { settlement }: Trial): SeatId | undefined {
  if (settlement?.judgement.status !== 'decided') return undefined;
  const { seats } = settlement.sides[settlement.judgement.side];
  const best = selection.rows
    .filter(({ candidate }) => seats.includes(candidate))
    .toSorted((a, b) => a.rank - b.rank)[0];
  return best?.candidate;
}

function reasonFor(row: SelectionRow): string {
  if (row.behaviour === null) return 'Could not be run.';
  const parts = [
    `behaviour ${row.behaviour + 1}`,
    `${(100 * row.agreement).toFixed(0)} % agreement`,
    `score ${row.score.toFixed(3)}`,
  ];
  return `Rank ${row.rank}: ${parts.join(', ')}.`;
}
