import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth, fitTo, padTo, piecesOf } from './display-width.ts';

const printable = fc.string({ unit: 'grapheme' });

test.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['日本語', 6],
  ['한글', 4],
  ['ｱ', 1],
  ['Ａ', 2],
  ['👨‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['⌚', 2],
  ['✓', 1],
  ['…', 1],
  ['', 0],
])('displayWidth() of %s is %i', (text, cells) => {
  expect(displayWidth(text)).toBe(cells);
});

test('fitTo() cuts between characters and marks the cut', () => {
  expect(fitTo('日本語', 5, '…')).toBe('日本…');
  expect(fitTo('日本語', 4, '…')).toBe('日…');
  expect(fitTo('日本語', 6, '…')).toBe('日本語');
  expect(fitTo('日本語', 0, '…')).toBe('');
});

test('fitTo() never takes more cells than there are, and leaves alone what fits', () => {
  fc.assert(
    fc.property(printable, fc.nat({ max: 40 }), (text, cells) => {
      const fitting = fitTo(text, cells, '…');
      expect(displayWidth(fitting)).toBeLessThanOrEqual(cells);
      if (displayWidth(text) <= cells) expect(fitting).toBe(text);
    }),
  );
});

test('piecesOf() loses nothing and keeps each piece within the cells', () => {
  fc.assert(
    fc.property(printable, fc.integer({ min: 2, max: 40 }), (text, cells) => {
      const pieces = piecesOf(text, cells);
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) expect(displayWidth(piece)).toBeLessThanOrEqual(cells);
    }),
  );
});

test('padTo() fills up to a number of cells, not of characters', () => {
  expect(padTo('日本', 6)).toBe('日本  ');
  expect(padTo('too long', 3)).toBe('too long');
});
