import { expect, test } from 'vitest';
import { plainTokens } from './plain-tokens.ts';

test('plainTokens() gives words, numbers, strings and signs', () => {
  expect(plainTokens('val total = f("a b", 1_000.5) !== x2')).toEqual([
    'val',
    'total',
    '=',
    'f',
    '(',
    '"a b"',
    ',',
    '1_000.5',
    ')',
    '!',
    '=',
    '=',
    'x2',
  ]);
});

test('plainTokens() leaves out layout, comments and the kind of quotes', () => {
  const one = plainTokens('a("it\'s") // b\n/* c\n */ d <!-- e --> f');
  expect(one).toEqual(plainTokens("a(\n  'it\\'s'\n)\nd f"));
});

test.each([
  ['a comment', '/*'],
  ['a quote', '"'],
  ['a tag comment', '<!--'],
  ['a backslash', '"\\'],
])('plainTokens() is linear in a text full of %s without an end', { timeout: 5000 }, (_, piece) => {
  expect(plainTokens(piece.repeat(100_000)).length).toBeLessThanOrEqual(400_000);
});
