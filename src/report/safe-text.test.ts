import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeLine, safeText } from './safe-text.ts';

const obeyed = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

test.each([
  ['a colour', '\u001b[31mred', '^[[31mred'],
  ['a title', '\u001b]0;title\u0007', '^[]0;title^G'],
  ['a delete', 'a\u007f', 'a^?'],
  ['a one-byte control sequence', '\u009b2J', '<U+009B>2J'],
  ['a lone carriage return', 'good\rbad', 'good^Mbad'],
  ['a reversal of direction', 'a\u202eb', 'a<U+202E>b'],
  ['a half character', 'a\ud800', 'a\ufffd'],
])('safeText() makes %s visible', (_, text, safe) => {
  expect(safeText(text)).toBe(safe);
});

test('safeText() keeps line ends, tabs, accents and emoji, and reads CRLF as a line end', () => {
  expect(safeText('a\r\n\tb é 日本 👩‍💻\n')).toBe('a\n\tb é 日本 👩‍💻\n');
});

test('safeText() leaves nothing that a terminal obeys but line ends and tabs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(safeText(text).replaceAll(/[\n\t]/g, '')).not.toMatch(obeyed);
    }),
  );
});

test('safeLine() leaves nothing that a terminal obeys, line ends and tabs included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(safeLine(text)).not.toMatch(obeyed);
    }),
  );
  expect(safeLine('a\r\n\tb')).toBe('a b');
});
