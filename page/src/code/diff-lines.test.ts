import { expect, test } from 'vitest';
import { diffLines } from './diff-lines.ts';

test('diffLines() numbers what was removed and added by its own text', () => {
  expect(diffLines('a\nb\nc\n', 'a\nx\nc\n')).toEqual([
    { kind: 'same', before: 1, after: 1, text: 'a' },
    { kind: 'removed', before: 2, after: null, text: 'b' },
    { kind: 'added', before: null, after: 2, text: 'x' },
    { kind: 'same', before: 3, after: 3, text: 'c' },
  ]);
});

test('diffLines() leaves out what is far from a change', () => {
  const lines = Array.from({ length: 100 }, (_, line) => `line ${line}`);
  const other = lines.with(10, 'x').with(90, 'y');
  const kinds = diffLines(lines.join('\n'), other.join('\n'))?.map(({ kind }) => kind);
  expect(kinds?.filter((kind) => kind === 'gap')).toHaveLength(1);
  expect(kinds?.length).toBeLessThan(25);
});

test('diffLines() gives nothing for texts that are the same', () => {
  expect(diffLines('a', 'a')).toEqual([]);
});
