import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lines } from './lines.ts';

test('Lines gives the same lines for any cutting of the text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string().map((line) => line.replaceAll(/[\r\n]/g, ' '))),
      fc.array(fc.nat(20), { minLength: 1 }),
      (lines, sizes) => {
        const text = lines.map((line) => `${line}\n`).join('');
        expect(cut(text, sizes)).toEqual(lines);
      },
    ),
  );
});

test('Lines gives a last line without end, and takes \\r\\n for one end', () => {
  expect(cut('a\r\n\nb', [1])).toEqual(['a', '', 'b']);
});

test('Lines gives only the lines that begin as wanted, for any cutting of the text', () => {
  const text = 'junk\n{a}\n {b}\n\n{c\njunk {d}\n{e}';
  for (let size = 0; size < text.length; size += 1) {
    expect(cut(text, [size], '{')).toEqual(['{a}', '{c', '{e}']);
  }
});

test('Lines gives the beginnings of other lines with the character where they are wanted', () => {
  const reader = new Lines('{', 4);
  const pieces = ['ab{ more, ', 'and more\n{a', 'bcde}\nx {y\njunk\n', 'ju', 'nk', ' {'];
  expect([...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]).toEqual([
    'ab{ ',
    '{abcde}',
    'x {y',
  ]);
});

function cut(text: string, sizes: readonly number[], first = ''): readonly string[] {
  const reader = new Lines(first);
  const found: string[] = [];
  for (let start = 0, turn = 0; start < text.length; turn += 1) {
    const size = 1 + (sizes[turn % sizes.length] ?? 0);
    found.push(...reader.push(text.slice(start, start + size)));
    start += size;
  }
  return [...found, ...reader.end()];
}
