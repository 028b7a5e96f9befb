import { expect, test } from 'vitest';
import { contentTerms, isNegative } from './terms.ts';

test.each([
  ['caching the queries', 'cached query'],
  ['Retries are limited', 'limits a retry'],
  ['the addresses of databases', 'an address, a database'],
])('contentTerms() of %j and of %j are the same', (one, other) => {
  expect(contentTerms(one)).toEqual(contentTerms(other));
});

test('contentTerms() leaves out numbers, duties and negations', () => {
  expect([...contentTerms('You should never use 3.5 of them, node.js or C++')]).toEqual([
    'node.j',
    'c++',
  ]);
});

test.each([
  ['Do not store it', true],
  ['Don’t store it', true],
  ['Avoid storing it', true],
  ['No locks', true],
  ['Never avoid it', false],
  ['Not only store it', false],
  ['There is no doubt', false],
  ['Store it', false],
])('isNegative(%j) is %j', (text, expected) => {
  expect(isNegative(text)).toBe(expected);
});
