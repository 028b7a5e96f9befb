import type { EvidenceSource, Matrix, MatrixCandidate, Outcome } from '../domain/matrix.ts';

/** A row in short: what the candidate did, input by input, and what differs from a plain candidate. */
export interface ShortRow extends Partial<Omit<MatrixCandidate, 'id'>> {
  /** One word for each input: a value, `!Error` for an exception, or `-` for not run. */
  readonly does: string;
}

/** A test in short: the place of the input, the value that it claims, and its source. */
export type ShortTest = readonly [input: number, expected: string, source: EvidenceSource];

/** Builds a matrix in which each row is a program and a family of its own unless it says otherwise. */
export function shortMatrix(
  rows: Readonly<Record<string, ShortRow>>,
  tests: readonly ShortTest[] = [],
): Matrix {
  const entries = Object.entries(rows);
  const outcomes = entries.map(([, { does }]) => does.split(' ').filter(Boolean).map(outcomeOf));
  const width = Math.max(0, ...outcomes.map((row) => row.length));
  return {
    candidates: entries.map(([id, { does: _, ...rest }]) => ({ ...plain(id), ...rest })),
    inputs: Array.from({ length: width }, (_, index) => ({ id: `i${index}`, source: 'generated' })),
    tests: tests.map(([input, expected, source], index) => ({
      id: `t${index}`,
      input,
      expected,
      source,
      stubPasses: false,
    })),
    outcomes,
  };
}

function plain(id: string): MatrixCandidate {
  const checks = { passed: 0, total: 0 };
  return { id, family: id, strength: null, program: id, size: 10, checks };
}

function outcomeOf(word: string): Outcome {
  if (word === '-') return { kind: 'not-run', because: 'the seat failed' };
  return word.startsWith('!')
    ? { kind: 'raised', error: word.slice(1) }
    : { kind: 'value', key: word };
}
