import { expect, test } from 'vitest';
import { gave, half, halfSuite, ran, ranRecord } from '../../test/support/sample-evidence.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { displayWidth } from './display-width.ts';
import { evidenceOf } from './evidence-of.ts';
import { matrixLines } from './matrix-text.ts';

const look = { color: false, width: 80, unicode: true };

function drawn(record: RunRecord, change = {}): readonly string[] {
  const evidence = evidenceOf(record);
  return evidence ? matrixLines(evidence, 'primary-2', { ...look, ...change }) : [];
}

test('matrixLines() has a line for each telling test and a column for each answer, the chosen one first', () => {
  expect(`\n${drawn(ranRecord()).join('\n')}`).toBe(`
                                    codex  claude-code
  task    half(4) → 2               ✓      ✓
  gemini  half(5) → 2               ✗      ✓
  made    half(7)                   ≠      =
  made    half(9)                   =      ~`);
});

test('matrixLines() uses ASCII alone where nothing else can be shown', () => {
  expect(drawn(ranRecord(), { unicode: false }).join('')).toMatch(/^[ -~]*$/);
});

test.each([40, 60, 80, 120])(
  'matrixLines() fits %i cells, however many answers there are',
  (width) => {
    const suite = { ...halfSuite, tests: [half('generated-1', 10 ** 15)] };
    const record = ranRecord({
      suite,
      observed: [
        ran('primary-1', [gave(1)]),
        ran('primary-2', [gave(2)]),
        ran('primary-3', [gave(3)]),
      ],
    });
    const lines = drawn(record, { width });
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  },
);

test('matrixLines() counts the answers that have no room', () => {
  expect(drawn(ranRecord(), { width: 50 })[0]).toMatch(/codex {2}\+1$/);
});

test('matrixLines() shows a test that two models wrote once', () => {
  const [, written] = halfSuite.tests;
  const again = written ? [{ ...written, id: 'validator-2', author: 'grok' }] : [];
  const suite = { ...halfSuite, tests: [...halfSuite.tests, ...again] };
  const observed = [
    ran('primary-1', [2, 2, 3, 4, 2].map(gave)),
    ran('primary-2', [2, 3, 4, 4, 3].map(gave)),
  ];
  const lines = drawn(ranRecord({ suite, observed }));
  expect(lines.filter((line) => line.includes('half(5)'))).toHaveLength(1);
});
