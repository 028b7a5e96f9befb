import { expect, test } from 'vitest';
import { guessType } from './guess-type.ts';

test.each([
  ['n', 'A function fib(n) with input length n that returns a list of the first n', 'int'],
  ['bork', 'A function f(bork) with input bork that returns the factorial of bork', 'int'],
  ['x', 'Takes a list x and returns the sum of its numbers', 'list'],
  ['s', 'Counts the vowels', 'string'],
])('guessType() takes %s in "%s" for %s', (name, task, kind) => {
  expect(guessType(name, task).kind).toBe(kind);
});
