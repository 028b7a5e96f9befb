import { expect, test } from 'vitest';
import type { TestCase } from '../domain/test-case.ts';
import type { Value } from '../domain/value.ts';
import { normaliseTests } from './normalise-tests.ts';

interface Written {
  readonly author?: string;
  readonly argument: Value;
  readonly expected: Value;
  readonly count?: number;
}

function written({ author = 'gpt', argument, expected, count }: Written): TestCase {
  const row: TestCase = {
    id: '',
    origin: 'validator',
    author,
    call: { kind: 'call', name: 'f', args: [argument] },
    expected: { kind: 'value', value: expected },
  };
  return count === undefined ? row : { ...row, count };
}

const one = { int: '1' };
const two = { int: '2' };

test('normaliseTests() leaves one test for each call, with how often it came', () => {
  const tests = [
    written({ argument: { set: [one, two] }, expected: true }),
    written({ argument: { set: [two, one] }, expected: true, count: 3 }),
    written({ argument: one, expected: true }),
  ];
  const { tests: kept, dropped } = normaliseTests(tests, 'python');
  expect(kept.map(({ count }) => count)).toEqual([4, undefined]);
  expect(dropped).toEqual([]);
});

test('normaliseTests() keeps what an author expects most often, and nothing when that is a tie', () => {
  const tests = [
    written({ argument: one, expected: true }),
    written({ argument: one, expected: true }),
    written({ argument: one, expected: false }),
    written({ argument: two, expected: true }),
    written({ argument: two, expected: false }),
  ];
  const { tests: kept, dropped } = normaliseTests(tests, 'python');
  expect(kept.map(({ expected }) => expected)).toEqual([{ kind: 'value', value: true }]);
  expect(dropped.map(({ text }) => text)).toEqual(['f(1)', 'f(2)']);
});

test('normaliseTests() lets every author speak for itself', () => {
  const tests = [
    written({ author: 'a', argument: one, expected: true }),
    written({ author: 'b', argument: one, expected: false }),
  ];
  expect(normaliseTests(tests, 'python').tests).toEqual(tests);
});
