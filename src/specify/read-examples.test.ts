import { describe, expect, test } from 'vitest';
import type { Entry } from '../domain/suite.ts';
import type { TestCase } from '../domain/test-case.ts';
import { writeCall, writeLiteral } from '../domain/write-literal.ts';
import { entryOf } from './entry-of.ts';
import { readExamples } from './read-examples.ts';

function entry(name: string, names: readonly string[], language = 'python'): Entry {
  const parameters = names.map((parameter) => ({
    name: parameter,
    type: undefined,
    isOptional: false,
  }));
  return { kind: 'function', name, language, parameters, isVariadic: false, aliases: {} };
}

function shown(tests: readonly TestCase[], language = 'python'): readonly string[] {
  return tests.map(
    ({ call, expected }) => `${writeCall(call, language)} -> ${demand(expected, language)}`,
  );
}

function demand(expected: TestCase['expected'], language: string): string {
  if (expected?.kind === 'value') return writeLiteral(expected.value, language);
  if (expected?.kind === 'raised') return `raises ${expected.error}`;
  return expected?.kind === 'printed' ? `prints ${expected.text}` : 'source';
}

describe('readExamples() reads one call with its value', () => {
  test.each([
    ['f(1) -> 2'],
    ['f(1) => 2'],
    ['f(1) ==> 2'],
    ['f(1) ➞ 2'],
    ['f(1) == 2'],
    ['f(1) = 2'],
    ['f(1) returns 2'],
    ['f(1) should return 2.'],
    ['`f(1)` returns `2`'],
    ['For example, f(1) gives 2, because of this.'],
    ['* f(1) → 2'],
    ['1. `f(1)` -> `2`'],
    ['print(f(1))  # 2'],
    ['f(1)  # => 2'],
    ['f(1)  # returns 2'],
    ['assert f(1) == 2'],
    ['assert f(1) == 2, "two"'],
    ['self.assertEqual(f(1), 2)'],
    ['>>> f(1)\n2'],
    ['    >>> f(1)\n    2\n    """'],
    ['>>> f(1) == 2'],
    ['>>> f(1) == 2\nTrue'],
    ['>>> f(\n...     1\n... )\n2'],
    ['Input: n = 1\nOutput: 2'],
    ['**Input:** n = 1\n**Output:** 2\n**Explanation:** why'],
    ['Example 1:\n\nInput: 1\nOutput: 2 # one more'],
    ['Input:\n1\nOutput:\n2'],
    ['For n = 1 the output should be 2.'],
    ['If `n = 1`, the function returns `2`'],
    ['| n | expected |\n|---|---|\n| 1 | 2 |'],
    ['| Input | Output |\n|:--|--:|\n| `f(1)` | `2` |'],
  ])('%j', (text) => {
    expect(shown(readExamples(text, entry('f', ['n'])))).toEqual(['f(1) -> 2']);
  });
});

describe('readExamples() reads JavaScript', () => {
  test.each([
    ['f([1, 2]); // 3'],
    ['f([1, 2]) // => 3'],
    ['console.log(f([1, 2])); // 3'],
    ['console.log(f([1, 2])) // Output: 3'],
    ['expect(f([1, 2])).toBe(3);'],
    ['expect(f([1, 2])).toEqual(3)'],
    ['assert.strictEqual(f([1, 2]), 3);'],
    ['console.assert(f([1, 2]) === 3)'],
  ])('%s', (text) => {
    const tests = readExamples(text, entry('f', ['list'], 'javascript'));
    expect(shown(tests, 'javascript')).toEqual(['f([1, 2]) -> 3']);
  });
});

test('readExamples() matches named arguments to the parameters, whatever their order', () => {
  const text = 'Input: target = 9, nums = [2,7]\nOutput: [0,1]';
  expect(shown(readExamples(text, entry('twoSum', ['nums', 'target'])))).toEqual([
    'twoSum([2, 7], 9) -> [0, 1]',
  ]);
});

test('readExamples() calls the method of a class by its path', () => {
  const text = 'Input: n = 1\nOutput: 2\n\nSolution().f(3) -> 4';
  expect(shown(readExamples(text, entry('Solution.f', ['n'])))).toEqual([
    'Solution.f(1) -> 2',
    'Solution.f(3) -> 4',
  ]);
});

test('readExamples() reads errors that are demanded', () => {
  const text = `>>> f(-1)
Traceback (most recent call last):
    ...
ValueError: no

f(-2) raises TypeError`;
  expect(shown(readExamples(text, entry('f', ['n'])))).toEqual([
    'f(-1) -> raises ValueError',
    'f(-2) -> raises TypeError',
  ]);
});

test('readExamples() takes a doctest without an output for None only where the text speaks of None', () => {
  const sessions = '>>> f(1)\n\n>>> f(2)\n3\n';
  expect(shown(readExamples(sessions, entry('f', ['n'])))).toEqual(['f(2) -> 3']);
  expect(shown(readExamples(`None of these.\n${sessions}`, entry('f', ['n'])))).toEqual([
    'f(1) -> None',
    'f(2) -> 3',
  ]);
});

test('readExamples() makes a script of a session that uses a class', () => {
  const text = `class Stack:
    """
    >>> s = Stack()
    >>> s.push(1)
    >>> s.pop()
    1
    >>> s
    Stack([])
    """`;
  const tests = readExamples(text, { kind: 'class', name: 'Stack', language: 'python' });
  expect(tests.map(({ call, expected }) => ({ call, expected }))).toEqual([
    {
      call: { kind: 'script', statements: 's = Stack()\ns.push(1)', expression: 's.pop()' },
      expected: { kind: 'value', value: { int: '1' } },
    },
    {
      call: {
        kind: 'script',
        statements: 's = Stack()\ns.push(1)\ns.pop()',
        expression: 'print(repr(s))',
      },
      expected: { kind: 'printed', text: 'Stack([])' },
    },
  ]);
});

test('readExamples() reads the samples of a program, and not the words on its format', () => {
  const text = `Read from standard input.

Input
The first line holds n.

Output
One number.

Sample Input 1

3
1 2 3

Sample Output 1

6

The sum of 1, 2 and 3 is 6.

### Sample Input 2
\`\`\`
1
9
\`\`\`
### Sample Output 2
\`\`\`
9
\`\`\``;
  expect(shown(readExamples(text, { kind: 'program', language: 'python' }))).toEqual([
    "stdin '3\\n1 2 3\\n' -> prints 6",
    "stdin '1\\n9\\n' -> prints 9",
  ]);
});

test('readExamples() reads input and output below a heading for examples as samples', () => {
  const text = '-----Examples-----\nInput\n4\n\nOutput\n2\n\n-----Note-----\nInput\nx\nOutput\ny';
  expect(shown(readExamples(text, { kind: 'program', language: 'python' }))).toEqual([
    "stdin '4\\n' -> prints 2",
  ]);
});

test('readExamples() takes a bare word for a text where the only parameter is one', () => {
  const text = 'You are given a string s.\nf(aa) => False\nf(abc) => True\nf(s) => False';
  const about = entryOf(`def f(s: str):\n    """${text}"""`, []);
  expect(shown(readExamples(text, about))).toEqual(["f('aa') -> False", "f('abc') -> True"]);
});

describe('readExamples() leaves out what can be read in two ways', () => {
  test.each([
    ['a formula', 'f(n) = f(n-1) + f(n-2), f(0) = 0, f(1) = 1'],
    ['a sum', 'f(2) = 1 + (2 / 2) = 2'],
    ['part of an expression', '1 + f(2) == 3'],
    ['a wrapped call', 'len(f(2)) == 3'],
    ['a negation', 'not f(2) == 3'],
    ['a condition', 'if f(2) == 3 then stop'],
    ['an alternative', 'f(2) == 3 or 4'],
    ['a count', 'f(2) returns 3 items'],
    ['another function', 'g(2) == 3'],
    ['too many arguments', 'f(1, 2) == 3'],
    ['an argument that is computed', 'f(x) == 3'],
    ['a longer name', 'my_f(2) == 3'],
    ['two values for one call', 'f(2) == 3\nf(2) == 4'],
    ['an unequal sign', 'f(2) != 3'],
    ['a negated value', 'f(2) should not return 3'],
    ['a name that is no parameter', 'For m = 2 the output should be 3'],
    ['two outcomes', 'For n = 2 the output should be 3 and the result should be 4'],
    ['an input without a value', 'Input: a number\nOutput: 3'],
    ['an output that goes on', 'Input: 2\nOutput: 3, or 4 if n is odd'],
  ])('%s', (_, text) => {
    expect(readExamples(text, entry('f', ['n']))).toEqual([]);
  });
});

test('readExamples() keeps examples below their heading where a formula stands above', () => {
  const text = 'tri(1) = 3\ntri(n) = tri(n-1) + 1\n\nExamples:\ntri(3) = [1, 3]';
  expect(shown(readExamples(text, entry('tri', ['n'])))).toEqual(['tri(3) -> [1, 3]']);
});

test.each([
  [`f([${'['.repeat(100_000)}`],
  ['f('.repeat(50_000)],
  ['f("'.repeat(30_000)],
  ["f('''".repeat(20_000)],
  [`f(1)${' '.repeat(100_000)}`],
  ['f(1) = f(1) '.repeat(10_000)],
  ['>>> f(\n... '.repeat(10_000)],
  ['For n = 1 '.repeat(10_000)],
  ['|-|\n'.repeat(25_000)],
  ['Input: \n'.repeat(14_000)],
  [`Input${' '.repeat(100_000)}x`],
  ['assert f(\n'.repeat(10_000)],
  [`f(${'9'.repeat(100_000)}z) == 1`],
  ['f'.repeat(100_000)],
  ['def f('.repeat(16_000)],
  ['\n'.repeat(100_000)],
])(
  'readExamples() takes no more than a moment for a hostile text: %#',
  { timeout: 5000 },
  (text) => {
    expect(readExamples(text, entry('f', ['n'])).length).toBeLessThan(2);
    expect(readExamples(text, entryOf(text, [])).length).toBeLessThan(2);
  },
);

describe('readExamples() reads input and output of a program without a heading', () => {
  const program: Entry = { kind: 'program', language: 'python' };

  test('where they come more than once', () => {
    const text = 'Input:\n1 2\nOutput:\n3\n\nInput:\n10 -4\nOutput:\n6\n';
    expect(shown(readExamples(text, program))).toEqual([
      "stdin '1 2\\n' -> prints 3",
      "stdin '10 -4\\n' -> prints 6",
    ]);
  });

  test('where they are numbers', () => {
    expect(shown(readExamples('Input: 1 2\nOutput: 3', program))).toEqual([
      "stdin '1 2\\n' -> prints 3",
    ]);
  });

  test.each([
    ['Input:\nThe first line holds n.\nOutput:\nThe sum.'],
    ['Input: two numbers\nOutput: 3'],
    ['Input\n5\nOutput\nThe sum'],
    ['Input: a name\nOutput: a greeting\n\nInput: two names\nOutput: the names'],
  ])('but no description: %j', (text) => {
    expect(readExamples(text, program)).toEqual([]);
  });

  test('but not beside samples', () => {
    const text = 'Input: 1\nOutput: 2\n\nSample Input\n3\nSample Output\n4';
    expect(shown(readExamples(text, program))).toEqual(["stdin '3\\n' -> prints 4"]);
  });
});

describe('readExamples() reads texts without quotes in tables', () => {
  test('as results', () => {
    const text = '| n | result |\n|---|---|\n| 1 | I |\n| 4 | IV |';
    expect(shown(readExamples(text, entry('roman', ['n'])))).toEqual([
      "roman(1) -> 'I'",
      "roman(4) -> 'IV'",
    ]);
  });

  test('as inputs and results', () => {
    const text = '| input | output |\n|---|---|\n| ab | ba |\n| one two | owt eno |';
    expect(shown(readExamples(text, entry('turned', ['s'])))).toEqual([
      "turned('ab') -> 'ba'",
      "turned('one two') -> 'owt eno'",
    ]);
  });

  test.each([
    ['| n | result |\n|---|---|\n| 1 | I |\n| 2 | 2 |'],
    ['| n | result |\n|---|---|\n| 1 | one |\n| -1 | raises ValueError |'],
    ['| n | result |\n|---|---|\n| 1 | one |\n| 2 | an empty text |'],
    ['| n | result |\n|---|---|\n| 1 | x + 1 |'],
  ])('but nothing that may mean something else: %j', (text) => {
    const found = shown(readExamples(text, entry('f', ['n'])));
    expect(found.filter((each) => /'(?!I')/.test(each))).toEqual([]);
    expect(found.length).toBeLessThan(2);
  });
});
