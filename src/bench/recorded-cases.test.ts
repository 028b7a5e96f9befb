import { expect, test } from 'vitest';
import { readCases } from './recorded-cases.ts';

test.each([
  ['nothing', null, []],
  ['source text', 'assert f(1) == 2', [{ kind: 'source', text: 'assert f(1) == 2' }]],
  [
    'samples of a program',
    [{ input: '1\n', output: '2\n', testtype: 'stdin' }],
    [{ kind: 'stdin', input: '1\n', output: '2\n' }],
  ],
  [
    'calls as lines of JSON',
    [{ input: '[1, 2]\n"a"', output: 'true', testtype: 'functional' }],
    [{ kind: 'call', name: null, args: [[1, 2], 'a'], output: true }],
  ],
  [
    'calls that name the function',
    [{ input: [1, 2], output: 3, fn_name: 'add' }],
    [{ kind: 'call', name: 'add', args: [1, 2], output: 3 }],
  ],
  [
    'one object with lists',
    { inputs: ['1', '2'], outputs: ['3', '4'] },
    [
      { kind: 'stdin', input: '1', output: '3' },
      { kind: 'stdin', input: '2', output: '4' },
    ],
  ],
])('readCases() reads %s', (_, recorded, cases) => {
  expect(readCases(recorded, false)).toEqual(cases);
});

test('readCases() reads any of these as a JSON string', () => {
  const recorded = [{ input: '1', output: '2' }];
  expect(readCases(JSON.stringify(recorded), false)).toEqual(readCases(recorded, false));
});

test('readCases() takes a sample for a call where the task is about a function', () => {
  expect(readCases([{ input: '[1]', output: '1' }], true)).toEqual([
    { kind: 'call', name: null, args: [[1]], output: 1 },
  ]);
});

test('readCases() leaves out what it cannot read', () => {
  expect(readCases([3, {}, { input: 'x', output: 'y', fn_name: 'f' }], false)).toEqual([]);
});
