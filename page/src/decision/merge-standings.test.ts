import { expect, test } from 'vitest';
import type { Merge } from '../../../src/domain/merge.ts';
import type { ResultJson } from '../../../src/report/json.ts';
import { mergeStandings } from './merge-standings.ts';
import type { EvidenceJson, Output } from './shapes.ts';

type Cells = EvidenceJson['matrix'][number]['cells'];

// The parts of a result that are read here; the rest of it is left out.
const output = (seat: string, status: 'passed' | 'failed' | 'not-run'): Output =>
  ({
    seat,
    model: seat,
    role: 'primary',
    code: 'x',
    checks: [{ checker: 'tests', outcome: { status } }],
  }) as unknown as Output;

const tests = [
  { origin: 'example', expected: '1' },
  { origin: 'user', expected: '2' },
  { origin: 'validator', expected: '3' },
  { origin: 'generated', expected: null },
  { origin: 'generated', expected: null },
  { origin: 'separating', expected: null },
] as unknown as EvidenceJson['tests'];

const cells = (...pairs: readonly string[]): Cells =>
  pairs.map((pair) => {
    const [outcome = '', got = ''] = pair.split(' ');
    return { outcome, got } as Cells[number];
  });

const result = {
  outputs: [output('a', 'not-run'), output('b', 'passed')],
  evidence: {
    tests,
    matrix: [
      { seat: 'a', cells: cells('failed', 'passed', 'passed', 'value 7', 'value 8', 'value 9') },
      { seat: 'b', cells: cells('passed', 'failed', 'failed', 'value 7', 'differs 6', 'raised E') },
    ],
    merge: {
      cells: cells('passed', 'passed', 'passed', 'differs 5', 'value 8', 'timed-out'),
    },
  },
} as unknown as ResultJson;

const merge = {
  author: 'b',
  verdict: { checks: [{ checker: 'tests', outcome: { status: 'failed' } }] },
} as unknown as Merge;

test('mergeStandings() compares the merged answer with the best single one first', () => {
  const rows = mergeStandings(merge, result);
  expect(rows.map(({ seat }) => seat)).toEqual([null, 'b', 'a']);
});

test('mergeStandings() counts checks that ran, demands that are met, and results where nothing is demanded', () => {
  const [merged, best, other] = mergeStandings(merge, result);
  expect(merged).toMatchObject({
    checks: { passed: 0, of: 1 },
    shown: { passed: 2, of: 2 },
    written: { passed: 1, of: 1 },
    open: { passed: 2, of: 3 },
  });
  expect(best).toMatchObject({ shown: { passed: 1, of: 2 }, open: { passed: 2, of: 3 } });
  expect(other?.checks).toEqual({ passed: 0, of: 0 });
});

test('mergeStandings() tells where the merged answer does otherwise than all that agree', () => {
  const [merged, best] = mergeStandings(merge, result);
  expect(merged?.agreed).toEqual({ passed: 0, of: 1 });
  expect(best?.agreed).toEqual({ passed: 1, of: 1 });
});

test('mergeStandings() counts nothing where nothing was run', () => {
  const [merged] = mergeStandings(merge, { ...result, evidence: null });
  expect(merged?.shown).toEqual({ passed: 0, of: 0 });
});
