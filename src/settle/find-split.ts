import { differ } from '../domain/differ.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Selection, SelectionReason } from '../domain/selection.ts';
import type { Settlement } from '../domain/settlement.ts';
import { showApart } from '../domain/show-seen.ts';
import type { Suite } from '../domain/suite.ts';
import type { Origin, TestCase } from '../domain/test-case.ts';
import { writeCall } from '../domain/write-literal.ts';

/** Two behaviours and an input on which they part, not yet judged. */
export type Split = Omit<Settlement, 'judgement'>;

/** A behaviour that scores at least this share of the best one's is close to it. */
const closeMinShare = 0.5;

/** What is no more than a tie or a vote; checks, tests and examples are facts that no judge overrules. */
const weakReasons: ReadonlySet<SelectionReason> = new Set(['score', 'strength', 'size', 'program']);

/** Where inputs come from, the most telling first: what is generated may break what the task takes for granted. */
const origins: readonly Origin[] = ['user', 'example', 'validator', 'separating', 'generated'];

/** Finds where the chosen behaviour and the next one part; null where one behaviour is left. */
export function findSplit(
  selection: Selection,
  suite: Suite,
  observed: readonly Observed[],
): Split | null {
  const [first, second] = selection.behaviours;
  if (!first || !second || !first.members.some((id) => id === selection.chosen)) return null;
  const rowsOf = (seats: readonly SeatId[]): readonly Seen[] => {
    const row = observed.find(({ seat, status }) => seats.includes(seat) && status === 'ran');
    return row?.status === 'ran' ? row.rows : [];
  };
  const [ours, theirs] = [rowsOf(first.members), rowsOf(second.members)];
  const parting = suite.tests
    .flatMap((test, index): readonly Parting[] => {
      const [one, other] = [ours[index], theirs[index]];
      return one && other && differ(one, other, suite) ? [{ test, one, other }] : [];
    })
    .toSorted(byTelling)[0];
  if (!parting) return null;
  const language = suite.entry?.language ?? null;
  const [our, their] = showApart(parting.one, parting.other, language);
  return {
    test: parting.test.id,
    input: writeCall(parting.test.call, language),
    sides: [
      { seats: first.members, outcome: our },
      { seats: second.members, outcome: their },
    ],
    bothReturn: parting.one.kind === 'returned' && parting.other.kind === 'returned',
    isClose: weakReasons.has(selection.reason) && 1 - selection.margin >= closeMinShare,
  };
}

interface Parting {
  readonly test: TestCase;
  readonly one: Seen;
  readonly other: Seen;
}

/** Two results before a result and an error, proper inputs before odd ones, short ones before long ones. */
function byTelling(a: Parting, b: Parting): number {
  const values = ({ one, other }: Parting): number =>
    [one, other].filter(({ kind }) => kind === 'returned').length;
  const length = ({ test }: Parting): number => JSON.stringify(test.call).length;
  return (
    values(b) - values(a) ||
    origins.indexOf(a.test.origin) - origins.indexOf(b.test.origin) ||
    length(a) - length(b) ||
    (a.test.id < b.test.id ? -1 : 1)
  );
}
