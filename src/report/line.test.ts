import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth } from './display-width.ts';
import { lineOf, paint, wrap } from './line.ts';
import type { Span } from './paragraph.ts';

const look = { color: false, width: 80, unicode: true };
const text = fc.string({ unit: 'binary' });
const spans = fc.array(
  fc.record({ text, tone: fc.constantFrom('good' as const, 'quiet' as const, undefined) }),
);

test('lineOf() joins its spans and cuts what does not fit', () => {
  const line: readonly Span[] = [{ text: 'ab' }, { text: 'cdef', tone: 'good' }, { text: 'gh' }];
  expect(lineOf(line, look)).toBe('abcdefgh');
  expect(lineOf(line, { ...look, width: 5 })).toBe('abcd…');
  expect(lineOf(line, { ...look, width: 5, unicode: false })).toBe('abcd~');
});

test('lineOf() writes escape sequences only where colour is wanted', () => {
  const line: readonly Span[] = [{ text: 'ab', tone: 'bad' }];
  expect(lineOf(line, look)).toBe('ab');
  expect(lineOf(line, { ...look, color: true })).toBe('\u001b[31mab\u001b[39m');
});

test('lineOf() fits the width and holds nothing that a terminal obeys, whatever its spans hold', () => {
  fc.assert(
    fc.property(spans, fc.nat({ max: 60 }), (line, width) => {
      const plain = lineOf(line, { ...look, width });
      expect(displayWidth(plain)).toBeLessThanOrEqual(width);
      expect(plain).not.toMatch(/\p{Cc}/u);
      const colored = lineOf(line, { ...look, width, color: true });
      expect(stripVTControlCharacters(colored)).toBe(plain);
    }),
  );
});

test('paint() asks neither the environment nor the stream', () => {
  expect(paint('x', 'good', { color: true })).toBe('\u001b[32mx\u001b[39m');
  expect(paint('x', 'good', { color: false })).toBe('x');
});

test('wrap() breaks between words, and within a word that is too long', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('a abcdefghij b', 4)).toEqual(['a', 'abcd', 'efgh', 'ij b']);
  expect(wrap('', 4)).toEqual(['']);
});

test('wrap() keeps every line within the cells and every character but blanks', () => {
  const words = fc.array(fc.string({ unit: 'grapheme-ascii' })).map((each) => each.join(' '));
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 30 }), (sentence, cells) => {
      const lines = wrap(sentence, cells);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(cells);
      expect(lines.join('').replaceAll(' ', '')).toBe(sentence.replaceAll(' ', ''));
    }),
  );
});
