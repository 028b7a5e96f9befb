import type { DecisionRule, Ranking } from '../domain/decision.ts';
import type { Mode } from '../domain/mode.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Choice } from './choose-by-running.ts';
import { agreementsOf, type Entry, standings } from './entry.ts';
import { type Comparison, explain, reasonFor } from './explain.ts';

/** What the explanation needs besides the answers. */
export interface TextOptions {
  readonly nameOf: (seat: SeatId) => string;
  readonly mode: Mode;
}

/**
 * Chooses where nothing was run. Code that parses outranks code that could not be checked, which outranks code
 * that does not parse, which outranks prose. Among the best of these, the one most like the others wins; the
 * plan's order of preference breaks ties, as between two, whose likeness is mutual.
 */
export function chooseByText(entries: readonly Entry[], { nameOf, mode }: TextOptions): Choice {
  const comparison = compare(entries);
  return {
    chosen: comparison.chosen?.candidate.seat ?? null,
    rule: comparison.rule,
    selection: null,
    rankings: entries.map((entry): Ranking => {
      const { seat } = entry.candidate;
      return {
        seat,
        eligible: comparison.eligible.includes(entry),
        agreement: comparison.agreements.get(seat) ?? null,
        reason: reasonFor(entry, comparison),
      };
    }),
    explanation: explain(comparison, nameOf, mode),
  };
}

function compare(entries: readonly Entry[]): Comparison {
  const best = standings.find((standing) => entries.some((entry) => entry.standing === standing));
  const eligible = best === 'none' ? [] : entries.filter((entry) => entry.standing === best);
  const agreements = agreementsOf(eligible);
  const highest = Math.max(...[...agreements.values()].map((agreement) => agreement ?? 0));
  const leaders = eligible.filter(
    ({ candidate }) => (agreements.get(candidate.seat) ?? 0) === highest,
  );
  const chosen = leaders[0] ?? null;
  return {
    entries,
    eligible,
    agreements,
    leaders,
    chosen,
    rule: ruleOf(entries, eligible, leaders),
  };
}

function ruleOf(
  entries: readonly Entry[],
  eligible: readonly Entry[],
  leaders: readonly Entry[],
): DecisionRule {
  const [first, second] = eligible;
  if (first === undefined) return 'none';
  if (second !== undefined) return leaders.length === 1 ? 'agreement' : 'preference';
  const hasOtherCode = entries.some(
    (entry) => entry !== first && entry.candidate.status === 'code',
  );
  return first.standing === 'parses' && hasOtherCode ? 'only-one-parsed' : 'only-one';
}
