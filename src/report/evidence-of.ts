import { differ } from '../domain/differ.ts';
import type {
  CellOutcome,
  Evidence,
  EvidenceBehaviour,
  EvidenceCell,
  EvidenceJudgement,
  EvidenceMerge,
  EvidenceRow,
  EvidenceSide,
  EvidenceSplit,
  EvidenceTest,
} from '../domain/evidence.ts';
import { isMet } from '../domain/lens.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { SeatId } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { SandboxLevel } from '../domain/sandbox.ts';
import type { SandboxFacts } from '../domain/sandbox-facts.ts';
import type { Behaviour, Selection } from '../domain/selection.ts';
import type { Judgement, Settlement, Side } from '../domain/settlement.ts';
import { showExpected, showSeen } from '../domain/show-seen.ts';
import type { DroppedTest, Suite } from '../domain/suite.ts';
import type { TestCase } from '../domain/test-case.ts';
import { writeCall } from '../domain/write-literal.ts';

/** The most tests that a result lists, and the most characters of one line in it. */
const testsMaxCount = 300;
const lineMaxLength = 200;

/** The levels, the weakest first. */
const levels: readonly SandboxLevel[] = ['none', 'runtime', 'seatbelt', 'kernel', 'namespaces'];

/** Shows what running the candidates brought, with runners' names beside seats; null where nothing was run. */
export function evidenceOf(record: RunRecord): Evidence | null {
  const { decision, merge, observed, plan, suite } = record;
  const sandbox = weakest(observed);
  if (!suite || !decision.selection || !sandbox) return null;
  const runners = new Map(plan.seats.map(({ id, runner }) => [id, runner]));
  const name = (seat: SeatId): string => runners.get(seat) ?? seat;
  const shown = { ...suite, tests: suite.tests.slice(0, testsMaxCount) };
  const chosen = merge?.taken
    ? merge.observed
    : observed.find(({ seat }) => seat === decision.chosen);
  const cells = (row: Observed | null): readonly EvidenceCell[] =>
    cellsOf(row, { suite: shown, chosen: rowsOf(chosen) });
  return {
    sandbox,
    tests: testsOf(shown, decision.selection),
    testsLeftOut: suite.tests.length - shown.tests.length,
    matrix: plan.seats
      .filter(({ role }) => role === 'primary')
      .map(({ id, runner }): EvidenceRow => {
        const row = observed.find(({ seat }) => seat === id) ?? null;
        return { model: runner, seat: id, ...standing(row), cells: cells(row) };
      }),
    behaviours: decision.selection.behaviours.map((each) => behaviour(each, name)),
    separating: record.settlement && split(record.settlement, name),
    merge: merge && mergeOf(merge, name(merge.author), cells(merge.observed)),
    dropped: droppedBy(suite.dropped),
  };
}

function weakest(observed: readonly Observed[]): SandboxFacts | undefined {
  return observed
    .flatMap((row) => (row.status === 'ran' ? [row.sandbox] : []))
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))[0];
}

function testsOf(suite: Suite, selection: Selection): readonly EvidenceTest[] {
  const language = suite.entry?.language ?? null;
  const weights = new Map(selection.tests.map((each) => [each.test, each]));
  return suite.tests.map(({ id, origin, author, call, expected }) => {
    const weight = weights.get(id);
    return {
      id,
      origin,
      author,
      call: cut(writeCall(call, language)),
      expected: expected ? showExpected(expected, language) : null,
      weight: weight?.weight ?? null,
      weightReason: weight?.because ?? null,
    };
  });
}

function standing(row: Observed | null): Pick<EvidenceRow, 'status' | 'because'> {
  if (row?.status === 'ran') return { status: 'ran', because: null };
  return { status: 'not-run', because: row?.because ?? 'the run ended before' };
}

function rowsOf(row: Observed | null | undefined): readonly Seen[] {
  return row?.status === 'ran' ? row.rows : [];
}

interface Compared {
  readonly suite: Suite;
  /** What the chosen answer did. */
  readonly chosen: readonly Seen[];
}

function cellsOf(row: Observed | null, { suite, chosen }: Compared): readonly EvidenceCell[] {
  const seen = rowsOf(row);
  if (seen.length === 0) return [];
  const language = suite.entry?.language ?? null;
  return suite.tests.map((test, index) => {
    const did: Seen = seen[index] ?? { kind: 'not-run', because: 'it was not reached' };
    const outcome = outcomeOf(test, did, { suite, chosen: chosen[index] });
    return { outcome, got: showSeen(did, language) };
  });
}

function outcomeOf(
  { expected }: TestCase,
  seen: Seen,
  { suite, chosen }: { readonly suite: Suite; readonly chosen: Seen | undefined },
): CellOutcome {
  if (expected && isMet(expected, seen, suite)) return 'passed';
  if (seen.kind !== 'returned' && seen.kind !== 'raised') return seen.kind;
  if (expected) return 'failed';
  if (chosen && differ(seen, chosen, suite)) return 'differs';
  return seen.kind === 'returned' ? 'value' : 'raised';
}

function behaviour(
  { members, ...parts }: Behaviour,
  name: (seat: SeatId) => string,
): EvidenceBehaviour {
  return { models: members.map(name), seats: members, ...parts };
}

function split(settlement: Settlement, name: (seat: SeatId) => string): EvidenceSplit {
  const { test, input, sides, judgement } = settlement;
  const side = ({ seats, outcome }: Side): EvidenceSide => ({
    models: seats.map(name),
    seats,
    outcome,
  });
  const [one, other] = sides;
  return {
    test,
    input: cut(input),
    sides: [side(one), side(other)],
    judgement: judgementOf(judgement, name),
  };
}

function judgementOf(judgement: Judgement, name: (seat: SeatId) => string): EvidenceJudgement {
  const { status } = judgement;
  switch (judgement.status) {
    case 'none':
      return { status, by: null, side: null, why: judgement.because };
    case 'flipped':
      return {
        status,
        by: name(judgement.judge),
        side: null,
        why: 'it named the other result when their order was turned round',
      };
    case 'open':
      return { status, by: name(judgement.judge), side: null, why: judgement.why };
    case 'decided':
      return { status, by: name(judgement.judge), side: judgement.side, why: judgement.why };
  }
}

function mergeOf(
  { taken, because }: Pick<EvidenceMerge, 'taken' | 'because'>,
  by: string,
  cells: readonly EvidenceCell[],
): EvidenceMerge {
  return { by, taken, because, cells };
}

function droppedBy(dropped: readonly DroppedTest[]): Evidence['dropped'] {
  const groups = Map.groupBy(dropped, ({ because }) => because);
  return [...groups].map(([because, tests]) => ({ because, count: tests.length }));
}

function cut(line: string): string {
  const flat = line.replaceAll(/\s*\n\s*/g, ' ');
  return flat.length > lineMaxLength ? `${flat.slice(0, lineMaxLength - 1)}…` : flat;
}
