import type { Candidate } from '../domain/candidate.ts';
import type { Decision, Ranking } from '../domain/decision.ts';
import type { Mode } from '../domain/mode.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Verdict } from '../domain/verdict.ts';
import { agreementsOf, type Entry, entryOf, standings } from './entry.ts';
import { type Comparison, explain, reasonFor } from './explain.ts';
import { synthesize } from './synthesize.ts';

/** What a decision is made of: one candidate and one verdict for each primary seat, in the order of the plan. */
export interface DecideInput {
  readonly mode: Mode;
  readonly candidates: readonly Candidate[];
  readonly verdicts: readonly Verdict[];
  /** The runners' names, for the explanation; a seat without one goes by its id. */
  readonly names?: ReadonlyMap<SeatId, string> | undefined;
}

/**
 * Chooses one candidate. Code that parses outranks code that could not be checked, which outranks code that
 * does not parse, which outranks prose. Among the best of these, the one most like the others wins; the
 * plan's order of preference breaks ties, as between two, whose likeness is mutual. Nothing is run, so the
 * choice says nothing about whether the code is right.
 */
export function decide(input: DecideInput): Decision {
  const entries = input.candidates.map((row) => entryOf(row, input.verdicts));
  const comparison = compare(entries);
  const names = displayNames(input);
  const { chosen } = comparison;
  const candidate = chosen?.candidate;
  return {
    chosen: candidate?.seat ?? null,
    rule: comparison.rule,
    rankings: entries.map((entry): Ranking => {
      const { seat } = entry.candidate;
      return {
        seat,
        eligible: comparison.eligible.includes(entry),
        agreement: comparison.agreements.get(seat) ?? null,
        reason: reasonFor(entry, comparison),
      };
    }),
    files: candidate?.status === 'code' ? candidate.files : [],
    prose: candidate === undefined || candidate.status === 'none' ? '' : candidate.prose,
    explanation: explain(comparison, names, input.mode),
    synthesis: input.mode === 'architectural' ? synthesize(input.candidates) : null,
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
): Decision['rule'] {
  const [first, second] = eligible;
  if (first === undefined) return 'none';
  if (second !== undefined) return leaders.length === 1 ? 'agreement' : 'preference';
  const hasOtherCode = entries.some(
    (entry) => entry !== first && entry.candidate.status === 'code',
  );
  return first.standing === 'parses' && hasOtherCode ? 'only-one-parsed' : 'only-one';
}

/** The runner's name, with the seat where one runner has two. */
function displayNames({ candidates, names }: DecideInput): (seat: SeatId) => string {
  const all = candidates.map(({ seat }) => names?.get(seat) ?? seat);
  return (seat) => {
    const name = names?.get(seat) ?? seat;
    const isShared = all.filter((other) => other === name).length > 1;
    return isShared ? `${name} (${seat})` : name;
  };
}
