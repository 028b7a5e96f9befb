import { describe, expect, test } from 'vitest';
import type { Entry } from '../domain/suite.ts';
import { writeCall, writeLiteral } from '../domain/write-literal.ts';
import { readRecordedTests, readTests } from './read-tests.ts';

const f: Entry = {
  kind: 'function',
  name: 'f',
  language: 'python',
  parameters: [{ name: 'xs', type: undefined, isOptional: false }],
  isVariadic: false,
  aliases: {},
};

function read(text: string, entry: Entry | null = f): readonly string[] {
  return readTests({ author: 'gpt', text }, entry).tests.map(({ call, expected }) => {
    const value =
      expected?.kind === 'value'
        ? writeLiteral(expected.value, 'python')
        : JSON.stringify(expected);
    return `${writeCall(call, 'python')} -> ${value}`;
  });
}

describe('readTests() reads', () => {
  test.each([
    ['a fenced list', '```json\n[{ "call": "f([1])", "expected": "2" }]\n```'],
    ['objects line by line', 'Tests:\n{ "call": "f([1])", "expected": "2" }\nThat is all.'],
    ['a list inside an object', '{ "tests": [{ "call": "f([1])", "expected": "2" }] }'],
    ['a value instead of source', '[{ "call": "f([1])", "expected": 2 }]'],
    ['arguments as data', '[{ "args": [[1]], "expected": 2 }]'],
    ['an argument by name', '[{ "call": "f(xs=[1])", "expected": "2" }]'],
    ['an assertion in an object', '[{ "assert": "assert f([1]) == 2" }]'],
    [
      'several fences, one of them cut off',
      '```json\n[]\n```\n```\n[{"call":"f([1])","expected":"2"},\n{"call":',
    ],
    ['assertions', '```python\nassert f([1]) == 2, "one"\n```'],
    ['an assertion over several lines', 'assert f(\n    [1]\n) == 2'],
    ['an assertion the other way round', 'assert 2 == f([1])'],
    ['an approximate one', 'assert abs(f([1]) - 2) < 1e-6'],
    ['pytest.approx', 'assert f([1]) == pytest.approx(2)'],
    ['unittest', 'self.assertEqual(f([1]), 2)'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(['f([1]) -> 2']);
  });
});

test('readTests() reads texts, errors and expressions that are demanded', () => {
  const rows = [
    { call: 'f([1])', expected: "'abc'" },
    { call: 'f([2])', expected: '[1] * 3' },
    { call: 'f(None)', raises: 'TypeError' },
    { call: 'f([])', expected: 'raises ValueError' },
  ];
  expect(read(JSON.stringify(rows))).toEqual([
    "f([1]) -> 'abc'",
    'f([2]) -> {"kind":"source","expression":"[1] * 3"}',
    'f(None) -> {"kind":"raised","error":"TypeError"}',
    'f([]) -> {"kind":"raised","error":"ValueError"}',
  ]);
});

test('readTests() makes a script of a call with arguments that are computed, and of steps', () => {
  expect(read('[{ "call": "f([0] * 9)", "expected": "0" }]')).toEqual(['f([0] * 9) -> 0']);
  const steps = '[{ "setup": "s = Stack()\\ns.push(1)", "call": "s.pop()", "expected": "1" }]';
  expect(read(steps, { kind: 'class', name: 'Stack', language: 'python' })).toEqual([
    's = Stack(); s.push(1); s.pop() -> 1',
  ]);
});

test('readTests() reads input and output of a program', () => {
  const text = '[{ "stdin": "1 2", "stdout": "3\\n" }]';
  expect(readTests({ author: 'gpt', text }, { kind: 'program', language: 'python' }).tests).toEqual(
    [
      {
        id: 'validator-1',
        origin: 'validator',
        author: 'gpt',
        call: { kind: 'program', stdin: '1 2\n' },
        expected: { kind: 'printed', text: '3' },
      },
    ],
  );
});

test('readTests() drops what it cannot use, with the reason', () => {
  const text = `[{ "call": "f([1])" }, { "call": "g(1)", "expected": "2" }, { "call": "f(1, 2)", "expected": "2" },
{ "call": 7, "expected": "2" }, { "call": "assert f(1) != 2" }, { "call": "f(3)", "expected": "4" }]`;
  const { tests, dropped } = readTests({ author: 'gpt', text }, f);
  expect(tests).toHaveLength(1);
  expect(dropped.map(({ because }) => because)).toEqual([
    'it does not say what is expected',
    'it does not use f',
    'it has too many or too few arguments',
    'its call is no text',
    'it is no comparison with one value',
  ]);
});

test('readTests() keeps no more than sixty tests of one reply', () => {
  const rows = Array.from({ length: 100 }, (_, index) => ({ call: `f([${index}])`, expected: 1 }));
  const { tests, dropped } = readTests({ author: 'gpt', text: JSON.stringify(rows) }, f);
  expect([tests.length, dropped.length]).toEqual([60, 40]);
});

test('readRecordedTests() keeps how often a test came, and names what is none', () => {
  const rows = [
    { test: 'assert f([1]) == 2', count: 3 },
    { test: 'assert ____ == f([1])', count: 2 },
    { test: 'assert not f([2])', count: 1 },
  ];
  const { tests, dropped } = readRecordedTests(rows, { author: 'codegen', entry: f });
  expect(tests.map(({ call, count }) => `${writeCall(call, 'python')} ${count}`)).toEqual([
    'f([1]) 3',
    'bool(f([2])) 1',
  ]);
  expect(dropped.map(({ text }) => text)).toEqual(['assert ____ == f([1])']);
});

test.each([
  ['I cannot write tests for this.'],
  [''],
  ['[]'],
  ['```json\n{"call": '],
  ['{'.repeat(100_000)],
  ['['.repeat(100_000)],
  ['assert f('.repeat(20_000)],
  ['assert f(\n'.repeat(20_000)],
  ['null 1 "call"'],
])('readTests() gives no test and does not throw: %#', { timeout: 5000 }, (text) => {
  expect(readTests({ author: 'gpt', text }, f).tests).toEqual([]);
  expect(readTests({ author: 'gpt', text }, null).tests).toEqual([]);
});
