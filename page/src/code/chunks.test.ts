import { expect, test } from 'vitest';
import { chunkLines, chunksOf } from './chunks.ts';

const textOf = (tokens: readonly { readonly text: string }[]): string =>
  tokens.map(({ text }) => text).join('');

test.each([
  ['an empty text', '', 0],
  ['a line without an end', 'a', 1],
  ['a line with an end', 'a\n', 1],
  ['two lines', 'a\nb', 2],
  ['exactly one chunk', 'a\n'.repeat(chunkLines), chunkLines],
  ['many chunks', 'ab\n'.repeat(chunkLines * 3 + 5), chunkLines * 3 + 5],
])('chunksOf() keeps every character and line of %s', (_, text, lines) => {
  const chunks = chunksOf([{ kind: null, text }]);
  expect(textOf(chunks.flatMap(({ tokens }) => tokens))).toBe(text);
  expect(chunks.reduce((sum, { lineCount }) => sum + lineCount, 0)).toBe(lines);
});

test('chunksOf() divides a token that goes over the border of two chunks', () => {
  const comment = 'x\n'.repeat(chunkLines + 1);
  const chunks = chunksOf([{ kind: 'comment', text: comment }]);
  expect(chunks.map(({ firstLine, tokens }) => [firstLine, tokens[0]?.kind])).toEqual([
    [1, 'comment'],
    [chunkLines + 1, 'comment'],
  ]);
});
