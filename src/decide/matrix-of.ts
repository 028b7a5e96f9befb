import type { Candidate } from '../domain/candidate.ts';
import { expectedKey, type Lens, lensOf, outcomeOf } from '../domain/lens.ts';
import type {
  EvidenceSource,
  Matrix,
  MatrixCandidate,
  MatrixTest,
  Outcome,
} from '../domain/matrix.ts';
import type { Observed } from '../domain/observed.ts';
import type { Seat } from '../domain/plan.ts';
import type { Suite } from '../domain/suite.ts';
import type { Origin, TestCase } from '../domain/test-case.ts';
import type { Verdict } from '../domain/verdict.ts';
import { checkShares } from './check-shares.ts';

/** A candidate with everything that was found out about it. */
export interface Examined {
  readonly seat: Seat;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly observed: Observed;
}

/**
 * Makes the matrix on which the selection is computed: a row for each candidate with code, a column for each
 * call of the suite. Demands are turned into keys of outcomes here, outside the sandbox.
 */
export function matrixOf(examined: readonly Examined[], suite: Suite): Matrix {
  const lenses = suite.tests.map(lensOfTest);
  return {
    candidates: examined.map(candidateRow),
    inputs: suite.tests.map(({ id, origin }) => ({ id, source: sourceOf[origin] })),
    tests: suite.tests.flatMap((test, index) => testRow(test, index, suite)),
    outcomes: examined.map(({ observed }) =>
      suite.tests.map((_, index): Outcome => {
        if (observed.status === 'not-run') return { kind: 'not-run', because: observed.because };
        const seen = observed.rows[index];
        if (!seen) return { kind: 'not-run', because: 'it was not reached' };
        return outcomeOf(seen, lenses[index] ?? 'value', suite);
      }),
    ),
  };
}

const sourceOf: Readonly<Record<Origin, EvidenceSource>> = {
  user: 'user',
  example: 'example',
  validator: 'validator',
  generated: 'generated',
  separating: 'generated',
};

function lensOfTest({ expected }: TestCase): Lens {
  return (expected && lensOf(expected)) ?? 'value';
}

function testRow(
  { id, origin, expected }: TestCase,
  input: number,
  suite: Suite,
): readonly MatrixTest[] {
  const key = expected && expectedKey(expected, suite);
  if (key === undefined) return [];
  const stub = { kind: 'returned', value: null, printed: '', changed: [] } as const;
  const lens = (expected && lensOf(expected)) ?? 'value';
  const empty = outcomeOf(stub, lens, suite);
  const stubPasses = empty.kind === 'value' && empty.key === key;
  return [{ id, input, expected: key, source: sourceOf[origin], stubPasses }];
}

function candidateRow({ seat, candidate, verdict, observed }: Examined): MatrixCandidate {
  const files = candidate.status === 'code' ? candidate.files : [];
  const text = files.map((file) => file.text).join('\n');
  return {
    id: seat.id,
    family: seat.family ?? seat.runner,
    strength: seat.strength ?? null,
    program: verdict.tokens?.join('\n') ?? text,
    size: text.length,
    checks: checkShares(verdict, observed),
  };
}
