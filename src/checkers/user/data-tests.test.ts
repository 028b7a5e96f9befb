import { describe, expect, test } from 'vitest';
import { dataTests } from './data-tests.ts';

const json = (value: unknown) => ({ path: 'tests.json', text: JSON.stringify(value) });

test('dataTests() reads calls by name, calls with named arguments, expressions and programs', () => {
  const tests = dataTests(
    json([
      { call: 'add', args: [1, 'x'], expected: [true, null] },
      { call: 'add', named: { a: 1 }, expected: { k: 'v' } },
      { call: 'add(1, 2)', expected: 3 },
      { call: 'now', raises: true },
      { call: 'f', args: [], raises: 'ValueError' },
      { stdin: '1 2\n', printed: '3' },
    ]),
  );
  expect(tests.map(({ call }) => call)).toEqual([
    { kind: 'call', name: 'add', args: [{ int: '1' }, 'x'] },
    { kind: 'call', name: 'add', args: [], named: { a: { int: '1' } } },
    { kind: 'script', statements: '', expression: 'add(1, 2)' },
    { kind: 'call', name: 'now', args: [] },
    { kind: 'call', name: 'f', args: [] },
    { kind: 'program', stdin: '1 2\n' },
  ]);
  expect(tests.map(({ expected }) => expected)).toEqual([
    { kind: 'value', value: { list: [true, null] } },
    { kind: 'value', value: { map: [['k', 'v']] } },
    { kind: 'value', value: { int: '3' } },
    { kind: 'raised', error: null },
    { kind: 'raised', error: 'ValueError' },
    { kind: 'printed', text: '3' },
  ]);
  expect(tests[1]).toMatchObject({ id: 'user-2', origin: 'user', author: null });
});

test('dataTests() keeps numbers as they are written', () => {
  const text = '{"call": "f", "args": [1.0, 12345678901234567890, 1e3, -0], "expected": 1.5}\n\n';
  const [only, ...more] = dataTests({ path: 'a.jsonl', text });
  expect(more).toEqual([]);
  expect(only?.call).toMatchObject({
    args: [{ float: '1' }, { int: '12345678901234567890' }, { float: '1000' }, { int: '-0' }],
  });
});

describe('dataTests() refuses', () => {
  test.each([
    ['text that is no JSON', { path: 'a.json', text: '[' }, 'it is no JSON'],
    ['a list without a test', json([]), 'it has no test'],
    ['a test that is no object', json([1]), 'test 1 is another thing, wanted an object'],
    ['a test without a call', json([{ expected: 1 }]), 'wanted a "call"'],
    ['a test without an end', json([{ call: 'f' }]), 'wanted one of "expected"'],
    ['a test with two ends', json([{ call: 'f', expected: 1, raises: true }]), 'wanted one of'],
    ['a key that nothing knows', json([{ call: 'f', expect: 1 }]), 'no "expect"'],
    ['arguments that are no list', json([{ call: 'f', args: 1, expected: 1 }]), 'wanted a "call"'],
  ])('%s', (_, file, says) => {
    expect(() => dataTests(file)).toThrow(says);
  });
});
