import type { MatrixTest } from '../domain/matrix.ts';
import type { TestWeight } from '../domain/selection.ts';
import { valueAt } from './agreement.ts';
import type { BehaviourGroup } from './behaviours.ts';
import { steady } from './steady.ts';

/** What is known of one behaviour before a model's test is believed. */
export interface Standing {
  readonly group: BehaviourGroup;
  /** Its share in comparisons. */
  readonly votes: number;
  /** Its score without tests. */
  readonly base: number;
}

/** A test, and whether each behaviour passes it. */
interface Row {
  readonly test: MatrixTest;
  readonly passes: readonly boolean[];
  readonly nothing: 'repeated' | 'separates-nothing' | 'stub-passes' | undefined;
}

/**
 * Weighs each test by how well it agrees with all other evidence on which behaviours are good. The behaviours
 * are ranked by their score from everything but this test; the area under the curve (AUC) is the chance that
 * one which passes it stands above one which fails it. The weight is 2 x AUC - 1: 1 for a test that passes
 * exactly the better ones, 0 for one that is no better than a coin or contradicts the rest, as a wrong test
 * does. After the leave-one-out AUC of ACES (Sun et al. 2026, arXiv 2604.03922), with the agreement of the
 * candidates as the evidence that does not come from tests. What the user or the task shows is not weighed.
 */
export function weighTests(
  tests: readonly MatrixTest[],
  standings: readonly Standing[],
): TestWeight[] {
  const rows = readRows(tests, standings);
  const counted = rows.filter(({ test, nothing }) => nothing === undefined && !isShown(test));
  const passed = standings.map((_, index) =>
    counted.reduce((sum, { passes }) => sum + (passes[index] === true ? 1 : 0), 0),
  );
  return rows.map((row) => {
    const test = row.test.id;
    if (row.nothing === 'repeated') return { test, weight: 0, because: 'repeated' };
    if (isShown(row.test)) return { test, weight: 1, because: 'shown' };
    if (row.nothing !== undefined) return { test, weight: 0, because: row.nothing };
    const others = standings.map(({ base }, index) => {
      const own = row.passes[index] === true ? 1 : 0;
      return steady(base * (1 + (passed[index] ?? 0) - own));
    });
    const weight = steady(Math.max(0, 2 * areaUnderCurve(row, standings, others) - 1));
    return { test, weight, because: weight > 0 ? 'weighed' : 'contradicted' };
  });
}

/** Whether a test is what the user or the task itself shows. */
export function isShown({ source }: MatrixTest): boolean {
  return source === 'user' || source === 'example';
}

function readRows(tests: readonly MatrixTest[], standings: readonly Standing[]): Row[] {
  const seen = new Set<string>();
  return tests.map((test) => {
    const passes = standings.map(
      ({ group }) => valueAt(group.outcomes, test.input) === test.expected,
    );
    const claim = JSON.stringify([isShown(test) && test.source, test.input, test.expected]);
    const repeated = seen.has(claim);
    seen.add(claim);
    return { test, passes, nothing: repeated ? 'repeated' : whyNothing(test, passes) };
  });
}

function whyNothing(test: MatrixTest, passes: readonly boolean[]): Row['nothing'] {
  if (passes.every(Boolean) || !passes.some(Boolean)) return 'separates-nothing';
  return test.stubPasses ? 'stub-passes' : undefined;
}

/** The chance, by votes, that a behaviour which passes scores above one which fails; a tie is half of one. */
function areaUnderCurve(
  { passes }: Row,
  standings: readonly Standing[],
  scores: readonly number[],
): number {
  const order = [...scores.keys()].sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const sums = { passing: 0, failing: 0, area: 0 };
  for (let start = 0; start < order.length; ) {
    const tie = { passing: 0, failing: 0 };
    const score = scores[order[start] ?? 0];
    let end = start;
    for (; end < order.length && scores[order[end] ?? 0] === score; end += 1) {
      const index = order[end] ?? 0;
      tie[passes[index] === true ? 'passing' : 'failing'] += standings[index]?.votes ?? 0;
    }
    sums.area += tie.passing * (sums.failing + tie.failing / 2);
    sums.passing += tie.passing;
    sums.failing += tie.failing;
    start = end;
  }
  return sums.area / (sums.passing * sums.failing);
}
