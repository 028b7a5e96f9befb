import { describe, expect, test } from 'vitest';
import type { Candidate } from '../domain/candidate.ts';
import type { Entry } from '../domain/suite.ts';
import { entryOf } from './entry-of.ts';

function code(seat: Candidate['seat'], text: string, language = 'python'): Candidate {
  return { status: 'code', seat, files: [{ path: null, language, text }], prose: '' };
}

function named(entry: Entry | null): string {
  if (entry === null) return 'nothing';
  if (entry.kind !== 'function') return entry.kind === 'class' ? `class ${entry.name}` : 'program';
  const parameters = entry.parameters.map(({ name }) => name).join(', ');
  return `${entry.language} ${entry.name}(${parameters}${entry.isVariadic ? '...' : ''})`;
}

describe('entryOf() reads the name in the task', () => {
  test.each([
    ['Write a python function glork(bork) with input bork', 'python glork(bork)'],
    ['Write a javascript function things() with no inputs', 'javascript things()'],
    ['Write a Python function called `two_sum` that adds', 'python two_sum(...)'],
    ['In Python, implement `add(a, b)`, which adds.', 'python add(a, b)'],
    ['In Python, implement `add` function.', 'python add(...)'],
    ['def f(x: int, y="a,b") -> int:\n    """Adds."""', 'python f(x, y)'],
    ['def helper(s):\n    return s\n\ndef main_one(a, *, b=1):\n    pass', 'python main_one(a, b)'],
    [
      'class Solution:\n    def twoSum(self, nums: List[int], k: int) -> int:',
      'python Solution.twoSum(nums, k)',
    ],
    ['Find the shared elements.\nassert shared([1], [2]) == []', 'python shared(...)'],
    ['Find them.\nassert set(shared([1])) == {1}', 'python shared(...)'],
    ['class Stack:\n    def push(self, x):\n    def pop(self):', 'class Stack'],
    ['In Python, write a class `Stack` with push and pop.', 'class Stack'],
    ['// adds\nfunction add(a, b) {', 'javascript add(a, b)'],
    ['```typescript\nexport function f(a: number, b?: string): void\n```', 'typescript f(a, b)'],
    ['const f = (a, b = 2) => {', 'javascript f(a, b)'],
    ['Read n from standard input. Python. Print it.', 'program'],
    ['Design a database for a shop.', 'nothing'],
    ['Write a Python function that adds two numbers.', 'nothing'],
  ])('%j', (text, entry) => {
    expect(named(entryOf(text, []))).toBe(entry);
  });
});

test('entryOf() takes the name that most candidates define where the task has none', () => {
  const entry = entryOf('Write a function that adds two numbers.', [
    code('primary-1', 'def add(a, b):\n    return a + b\n\ndef test_add():\n    pass'),
    code('primary-2', 'def add(x: int, y: int) -> int:\n    return x + y'),
    code('primary-3', 'def plus(a, b):\n    return a + b'),
    { status: 'prose', seat: 'primary-4', prose: 'no' },
  ]);
  expect(entry).toEqual({
    kind: 'function',
    name: 'add',
    language: 'python',
    isVariadic: false,
    parameters: [
      { name: 'a', type: { kind: 'int' }, isOptional: false },
      { name: 'b', type: { kind: 'int' }, isOptional: false },
    ],
    aliases: { 'primary-3': 'plus' },
  });
});

test('entryOf() finds a candidate that has the function as a method or in another case', () => {
  const entry = entryOf('Write a python function two_sum(nums, target).', [
    code('primary-1', 'def two_sum(nums, target):\n    return 1'),
    code('primary-2', 'class Solution:\n    def twoSum(self, nums, target):\n        return 1'),
    code('primary-3', 'def helper(a):\n    pass\ndef other(a, b):\n    pass'),
  ]);
  expect(entry).toMatchObject({ name: 'two_sum', aliases: { 'primary-2': 'Solution.twoSum' } });
  expect(entry).not.toHaveProperty('aliases.primary-3');
});

test('entryOf() gives the same whatever the order of the candidates', () => {
  const candidates = [
    code('primary-1', 'def a(x):\n    pass'),
    code('primary-2', 'def b(x):\n    pass'),
    code('primary-3', 'def b(x: str):\n    pass'),
  ];
  const text = 'Write a function of one parameter.';
  expect(entryOf(text, candidates.toReversed())).toEqual(entryOf(text, candidates));
});

test('entryOf() sees a program where most candidates read standard input and the task names no function', () => {
  const candidates = [
    code('primary-1', 'import sys\nprint(sum(map(int, sys.stdin)))'),
    code('primary-2', 'def main():\n    n = int(input("n"))\n    print(n)\nmain()'),
    code('primary-3', 'print(1)'),
  ];
  expect(entryOf('Print the sum of the numbers.', candidates)).toEqual({
    kind: 'program',
    language: 'python',
  });
  expect(named(entryOf('def f(a):\n  """Adds"""', candidates))).toBe('python f(a)');
});

test.each([
  ['def f(s):\n    """You are given a string s."""', { kind: 'string' }],
  ['def f(words):\n    """Words."""', { kind: 'list', of: { kind: 'string' } }],
  [
    'def f(program):\n    """Takes a list of strings `program`."""',
    { kind: 'list', of: { kind: 'string' } },
  ],
  ['def f(n):\n    """Doubles n."""', { kind: 'int' }],
  [
    'def f(x: Optional[str]):\n    pass',
    { kind: 'union', options: [{ kind: 'string' }, { kind: 'none' }] },
  ],
  [
    'function f(a: "x" | 2): void',
    {
      kind: 'union',
      options: [
        { kind: 'literal', value: 'x' },
        { kind: 'literal', value: { int: '2' } },
      ],
    },
  ],
  [
    'function f(a: { b: number[]; c?: string }): void',
    {
      kind: 'record',
      fields: [
        { name: 'b', type: { kind: 'list', of: { kind: 'number' } }, isOptional: false },
        { name: 'c', type: { kind: 'string' }, isOptional: true },
      ],
    },
  ],
])('entryOf() tells what a parameter takes: %j', (text, type) => {
  const entry = entryOf(text, []);
  expect(entry?.kind === 'function' && entry.parameters[0]?.type).toEqual(type);
});
