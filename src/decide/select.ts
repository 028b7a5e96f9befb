import type { Matrix, MatrixCandidate } from '../domain/matrix.ts';
import type {
  Behaviour,
  ScoreParts,
  Selection,
  SelectionReason,
  SelectionRow,
  SeparatingInput,
} from '../domain/selection.ts';
import { outcomeKey } from './behaviours.ts';
import { known } from './cast-votes.ts';
import { type ScoredBehaviour, scoreBehaviours } from './score-behaviours.ts';

/** A candidate with all by which it is compared. */
interface Contender {
  readonly row: MatrixCandidate;
  /** Undefined when it was never run. */
  readonly behaviour: ScoredBehaviour | undefined;
  readonly parts: ScoreParts;
  readonly checks: number;
}

const neverRun: ScoreParts = {
  userTests: 0,
  examples: 0,
  consistency: 0,
  agreement: 0,
  tests: 0,
  score: 0,
};

/** What is compared, first to last; more is better. */
const criteria: readonly (readonly [SelectionReason, (contender: Contender) => number])[] = [
  ['checks', ({ checks }) => checks],
  ['user-tests', ({ parts }) => parts.userTests],
  ['examples', ({ parts }) => parts.examples],
  // A candidate that ran comes before one that never did, even when it brought no value at all.
  ['score', ({ behaviour, parts }) => (behaviour === undefined ? -1 : parts.score)],
  ['strength', ({ row }) => known(row.strength) ?? 0],
  ['size', ({ row }) => -row.size],
];

/**
 * Chooses a candidate by what all candidates did on shared inputs, and by nothing else: their order, their
 * names and their text never change which program is chosen. The user's checks come first, then the user's
 * tests, then the examples in the task, then the score of `scoreBehaviours`, then the stronger model, then the
 * smaller program. docs/selection.md gives the reasons and the measurements.
 */
export function select(matrix: Matrix): Selection {
  const { behaviours, tests } = scoreBehaviours(matrix);
  const ranked = contendersOf(matrix, behaviours).toSorted(compare);
  const order = [...new Set(ranked.flatMap(({ behaviour }) => behaviour ?? []))];
  const [first] = ranked;
  const rival = first && ranked.find((other) => other !== first && rivals(other, first));
  return {
    chosen: first?.row.id ?? null,
    reason: reasonOf(ranked, rival),
    behaviours: order.map((one) => describe(matrix, one)),
    rows: matrix.candidates.map((row) => rowOf(row, ranked, order)),
    tests,
    margin: marginOf(first, rival),
    separating: separate(matrix, first, rival),
    familiesRun: new Set(order.flatMap((one) => familiesOf(matrix, one))).size,
  };
}

function contendersOf(matrix: Matrix, behaviours: readonly ScoredBehaviour[]): Contender[] {
  const byCandidate = new Map(
    behaviours.flatMap((one) => one.group.members.map((index) => [index, one] as const)),
  );
  const checksRun = Math.max(0, ...matrix.candidates.map(({ checks }) => checks.total));
  return matrix.candidates.map((row, index) => {
    const behaviour = byCandidate.get(index);
    const checks = checksRun === 0 ? 1 : row.checks.passed / checksRun;
    return { row, behaviour, parts: behaviour?.parts ?? neverRun, checks };
  });
}

/** The order of two candidates, the better one first. Equal programs keep whatever order names give them. */
function compare(a: Contender, b: Contender): number {
  const reason = firstDifference(a, b);
  if (reason !== undefined) return reason.difference;
  return inCodeOrder(a.row.program, b.row.program) || inCodeOrder(a.row.id, b.row.id);
}

function firstDifference(
  a: Contender,
  b: Contender,
): { readonly reason: SelectionReason; readonly difference: number } | undefined {
  for (const [reason, read] of criteria) {
    const difference = read(b) - read(a);
    if (difference !== 0) return { reason, difference };
  }
  return undefined;
}

function inCodeOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether anything tells the two apart. One that never ran is no rival of one that did, save by the checks. */
function rivals(other: Contender, first: Contender): boolean {
  if (other.checks !== first.checks) return true;
  if (first.behaviour === undefined) return true;
  return other.behaviour !== undefined && other.behaviour !== first.behaviour;
}

function reasonOf(ranked: readonly Contender[], rival: Contender | undefined): SelectionReason {
  const [first] = ranked;
  if (first === undefined) return 'no-candidate';
  if (ranked.length === 1) return 'only-candidate';
  if (rival === undefined) return 'one-behaviour';
  return firstDifference(first, rival)?.reason ?? 'program';
}

function marginOf(first: Contender | undefined, rival: Contender | undefined): number {
  if (first === undefined || rival === undefined) return 1;
  if (first.parts.score === 0) return 0;
  return Math.max(0, 1 - rival.parts.score / first.parts.score);
}

function describe(matrix: Matrix, behaviour: ScoredBehaviour): Behaviour {
  return {
    members: behaviour.group.members.flatMap((index) => matrix.candidates[index]?.id ?? []),
    families: behaviour.families,
    ...behaviour.parts,
  };
}

function rowOf(
  row: MatrixCandidate,
  ranked: readonly Contender[],
  order: readonly ScoredBehaviour[],
): SelectionRow {
  const rank = ranked.findIndex((contender) => contender.row === row);
  const { behaviour, parts = neverRun, checks = 0 } = ranked[rank] ?? {};
  return {
    candidate: row.id,
    behaviour: behaviour === undefined ? null : order.indexOf(behaviour),
    checks,
    rank: rank + 1,
    ...parts,
  };
}

function familiesOf(matrix: Matrix, { group }: ScoredBehaviour): string[] {
  return group.members.flatMap((index) => matrix.candidates[index]?.family ?? []);
}

/** The first input on which the two differ, one on which both bring a value before any other. */
function separate(
  matrix: Matrix,
  first: Contender | undefined,
  rival: Contender | undefined,
): SeparatingInput | null {
  const differing = matrix.inputs.flatMap(({ id }, index) => {
    const chosen = first?.behaviour?.group.outcomes[index];
    const other = rival?.behaviour?.group.outcomes[index];
    if (chosen === undefined || other === undefined) return [];
    return outcomeKey(chosen) === outcomeKey(other) ? [] : [{ input: id, chosen, other }];
  });
  const bothBringValues = differing.find(
    ({ chosen, other }) => chosen.kind === 'value' && other.kind === 'value',
  );
  return bothBringValues ?? differing[0] ?? null;
}
