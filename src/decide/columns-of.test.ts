import { expect, test } from 'vitest';
import type { Expected } from '../domain/test-case.ts';
import { suite, testCase } from '../testing/builders.ts';
import { columnsOf } from './columns-of.ts';

const demand = (id: string, expected: Expected | undefined) => testCase(id, [1], { expected });
const shape = (...tests: readonly ReturnType<typeof demand>[]) =>
  columnsOf(suite(tests)).map(({ lens, tests: asked }) => [lens, asked.map(({ id }) => id)]);
const three: Expected = { kind: 'value', value: { int: '3' } };

test('columnsOf() has one column for a call that several tests are written of', () => {
  const tests = [testCase('validator-1', [1, 3]), testCase('validator-2', [1, 4])];
  const columns = columnsOf(suite([...tests, testCase('generated-1', [2])]));
  expect(columns).toMatchObject([
    { id: 'validator-1', at: 0, source: 'validator', tests },
    { id: 'generated-1', at: 2, source: 'generated' },
  ]);
});

test('columnsOf() looks at a value and an error of one call in one column', () => {
  const fails: Expected = { kind: 'raised', error: 'ValueError' };
  expect(shape(demand('validator-1', three), demand('validator-2', fails))).toEqual([
    ['raised', ['validator-1', 'validator-2']],
  ]);
});

test('columnsOf() looks at what is printed in a column of its own', () => {
  const prints: Expected = { kind: 'printed', text: 'hi' };
  expect(shape(demand('validator-1', three), demand('validator-2', prints))).toEqual([
    ['value', ['validator-1']],
    ['printed', ['validator-2']],
  ]);
});

test('columnsOf() keeps what a call does besides in sight where a test wants nothing returned', () => {
  const nothing: Expected = { kind: 'value', value: null };
  expect(shape(demand('validator-1', nothing), demand('generated-1', undefined))).toEqual([
    ['nothing', ['validator-1']],
    ['value', ['generated-1']],
  ]);
});
