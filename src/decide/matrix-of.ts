import type { Candidate } from '../domain/candidate.ts';
import { expectedKey, outcomeOf } from '../domain/lens.ts';
import type { Matrix, MatrixCandidate, MatrixTest, Outcome } from '../domain/matrix.ts';
import type { Observed } from '../domain/observed.ts';
import type { Seat } from '../domain/plan.ts';
import type { Suite } from '../domain/suite.ts';
import type { Verdict } from '../domain/verdict.ts';
import { sharesOf } from './check-shares.ts';
import { type Column, columnsOf, sourceOf } from './columns-of.ts';

/** A candidate with everything that was found out about it. */
export interface Examined {
  readonly seat: Seat;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly observed: Observed;
}

/**
 * Makes the matrix on which the selection is computed: a row for each candidate with code, and one input for
 * each call of the suite, however many tests were written of it. Demands are turned into keys of outcomes here,
 * outside the sandbox.
 */
export function matrixOf(examined: readonly Examined[], suite: Suite): Matrix {
  const columns = columnsOf(suite);
  const checks = sharesOf(examined);
  return {
    candidates: examined.map((one, index) => candidateRow(one, checks[index])),
    inputs: columns.map(({ id, source }) => ({ id, source })),
    tests: columns.flatMap((column, index) => testsIn(column, index, suite)),
    outcomes: examined.map(({ observed }) =>
      columns.map(({ at, lens }): Outcome => {
        if (observed.status === 'not-run') return { kind: 'not-run', because: observed.because };
        const seen = observed.rows[at];
        if (!seen) return { kind: 'not-run', because: 'it was not reached' };
        return outcomeOf(seen, lens, suite);
      }),
    ),
  };
}

function testsIn({ tests, lens }: Column, input: number, suite: Suite): readonly MatrixTest[] {
  const stub = { kind: 'returned', value: null, printed: '', changed: [] } as const;
  const empty = outcomeOf(stub, lens, suite);
  return tests.flatMap(({ id, origin, expected }): readonly MatrixTest[] => {
    const key = expected && expectedKey(expected, suite);
    if (key === undefined) return [];
    const stubPasses = empty.kind === 'value' && empty.key === key;
    return [{ id, input, expected: key, source: sourceOf[origin], stubPasses }];
  });
}

function candidateRow(
  { seat, candidate, verdict }: Examined,
  checks: MatrixCandidate['checks'] = { passed: 0, total: 0 },
): MatrixCandidate {
  const files = candidate.status === 'code' ? candidate.files : [];
  const text = files.map((file) => file.text).join('\n');
  return {
    id: seat.id,
    family: seat.family ?? seat.runner,
    strength: seat.strength ?? null,
    program: verdict.tokens?.join('\n') ?? text,
    size: text.length,
    checks,
  };
}
