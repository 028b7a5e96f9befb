import { describe, expect, test } from 'vitest';
import { suite, testCase } from '../testing/builders.ts';
import { raised, returned } from '../testing/scripted-executor.ts';
import { demandsOn, isMet } from './lens.ts';
import type { Seen } from './observed.ts';
import type { Expected } from './test-case.ts';

const value = (int: number): Expected => ({ kind: 'value', value: { int: String(int) } });
const error = (name: string | null): Expected => ({ kind: 'raised', error: name });
const prints: Seen = { kind: 'returned', value: null, printed: 'hi \n', changed: [] };
const changes: Seen = { kind: 'returned', value: null, printed: '', changed: [[0, { int: '1' }]] };

describe('isMet()', () => {
  test.each<[string, Expected, Seen, boolean]>([
    ['a value by the value', value(3), returned({ int: '3' }), true],
    ['another value', value(3), returned({ int: '4' }), false],
    ['an integer by an equal float', value(3), returned({ float: '3.0' }), true],
    ['nothing by what prints', { kind: 'value', value: null }, prints, true],
    ['nothing by what changes its arguments', { kind: 'value', value: null }, changes, true],
    ['nothing by a value', { kind: 'value', value: null }, returned({ int: '0' }), false],
    ['text by what prints it', { kind: 'printed', text: 'hi' }, prints, true],
    ['an error by its class', error('ValueError'), raised('ValueError'), true],
    [
      'an error by its class in a module',
      error('JSONDecodeError'),
      raised('json.JSONDecodeError'),
      true,
    ],
    ['an error by another class', error('ValueError'), raised('TypeError'), false],
    ['any error by an error', error(null), raised('KeyError'), true],
    ['the class of all errors by any error', error('Exception'), raised('KeyError'), true],
    ['any error by a value', error(null), returned(null), false],
    ['a value by what differs from run to run', value(3), { kind: 'flaky' }, false],
    ['a value by a crash', value(3), { kind: 'crashed', how: 'exit 0' }, false],
    [
      'an expression that was not evaluated',
      { kind: 'source', expression: '3' },
      returned({ int: '3' }),
      false,
    ],
  ])('takes %s: %#', (_, expected, seen, met) => {
    expect(isMet(expected, seen, {})).toBe(met);
  });
});

test('demandsOn() leaves out inputs without a demand, and tests that could not be run', () => {
  const tests = [testCase('example-1', [1, 1]), testCase('example-2', [2, 2]), testCase('x', [3])];
  const rows: Seen[] = [returned({ int: '1' }), { kind: 'not-run', because: 'another language' }];
  const demands = demandsOn([...rows, returned(null)], suite(tests));
  expect(demands).toEqual([{ test: tests[0], met: true }]);
});
