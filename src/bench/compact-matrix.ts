import { createHash } from 'node:crypto';
import type { Matrix, Outcome } from '../domain/matrix.ts';

/** The most characters of a key that are kept as they are. */
const keyMaxLength = 100;

/** The same matrix with long keys replaced by their hashes: a pool is held as a whole, and values can be huge. */
export function compactMatrix(matrix: Matrix): Matrix {
  return {
    ...matrix,
    candidates: matrix.candidates.map((row) => ({ ...row, program: short(row.program) })),
    tests: matrix.tests.map((test) => ({ ...test, expected: short(test.expected) })),
    outcomes: matrix.outcomes.map((row) =>
      row.map(
        (outcome): Outcome =>
          outcome.kind === 'value' ? { kind: 'value', key: short(outcome.key) } : outcome,
      ),
    ),
  };
}

function short(key: string): string {
  if (key.length <= keyMaxLength) return key;
  return `sha256 ${createHash('sha256').update(key).digest('base64url')}`;
}
