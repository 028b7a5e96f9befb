import { expect, test } from 'vitest';
import { displayWidth } from './display-width.ts';
import { tableLines } from './table.ts';

const look = { color: false, width: 60, unicode: true };
const row = (...cells: readonly string[]) => ({ cells: cells.map((text) => ({ text })) });

test('tableLines() aligns columns by the cells that characters take', () => {
  expect(tableLines([row('a', 'bb', 'c'), row('日本', 'b', 'cc')], look)).toEqual([
    'a     bb  c',
    '日本  b   cc',
  ]);
});

test('tableLines() ends a line at its last filled cell', () => {
  expect(tableLines([row('a', 'bb', 'c'), row('aa', 'b', '')], look)).toEqual([
    'a   bb  c',
    'aa  b',
  ]);
});

test('tableLines() breaks advice below its row instead of cutting it', () => {
  const advice = 'Install it with npm install --global @openai/codex and sign in';
  const lines = tableLines([{ ...row('codex', 'missing'), advice }], look);
  expect(lines).toEqual([
    'codex  missing',
    '       → Install it with npm install --global @openai/codex',
    '         and sign in',
  ]);
});

test('tableLines() cuts long columns and the last one at the width, and makes cells harmless', () => {
  const long = 'x'.repeat(100);
  const lines = tableLines([row(long, long), row('\u001b[2J', 'b\nc')], look);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(60);
  expect(lines[1]).toMatch(/^\^\[\[2J {2,}b c$/);
});

test('tableLines() of no rows is no line', () => {
  expect(tableLines([], look)).toEqual([]);
});
