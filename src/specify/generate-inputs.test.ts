import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../domain/suite.ts';
import type { Call } from '../domain/test-case.ts';
import type { Value } from '../domain/value.ts';
import { writeCall } from '../domain/write-literal.ts';
import { entryOf } from './entry-of.ts';
import { generateInputs } from './generate-inputs.ts';
import { readCall } from './read-call.ts';

function called(source: string): Call {
  const read = readCall({ text: source, at: 0, syntax: 'python' });
  if (read === undefined) throw new Error(`no call: ${source}`);
  return read.value;
}

function made(
  signature: string,
  sources: readonly string[],
  level = 0,
): readonly (readonly Value[])[] {
  const entry = entryOf(`def ${signature}:\n    pass`, []);
  const calls = sources.map(called);
  return generateInputs({ entry, calls, seed: 1, limit: 60, level }).flatMap((call) =>
    call.kind === 'call' ? [call.args] : [],
  );
}

const amount = (value: Value | undefined): number =>
  value !== null && typeof value === 'object' && 'int' in value ? Number(value.int) : Number.NaN;
const items = (value: Value | undefined): readonly Value[] =>
  value !== null && typeof value === 'object' && 'list' in value ? value.list : [];

describe('generateInputs() keeps what the known inputs have in common', () => {
  test('numbers that are not negative', () => {
    const all = made('f(n)', ['f(3)', 'f(10)']).map(([n]) => amount(n));
    expect(all.length).toBeGreaterThan(10);
    expect(all.every((n) => n >= 1 && n < 40)).toBe(true);
  });

  test('alphabets: brackets stay brackets, digits stay digits', () => {
    const brackets = made('f(s)', ['f("(()())")', 'f("())(")']).flat();
    expect(brackets.every((text) => typeof text === 'string' && /^[()]*$/.test(text))).toBe(true);
    const digits = made('f(s)', ['f("1203")', 'f("9")']).flat();
    expect(digits.every((text) => typeof text === 'string' && /^[0-9]*$/.test(text))).toBe(true);
  });

  test('the form of texts, mostly', () => {
    const fractions = made('f(s)', ['f("1/5")', 'f("10/3")', 'f("7/10")']).flat();
    const formed = fractions.filter((text) => typeof text === 'string' && /^\d+\/\d+$/.test(text));
    expect(formed.length).toBeGreaterThan(fractions.length * 0.7);
  });

  test('lists of one length', () => {
    const all = made('f(a, b)', ['f([1, 2], [3, 4])', 'f([1], [2])', 'f([1, 5, 6], [3, 4, 4])']);
    expect(all.every(([a, b]) => items(a).length === items(b).length)).toBe(true);
  });

  test('a number within the length of a list', () => {
    const all = made('f(a, k)', ['f([1, 2], 1)', 'f([1], 1)', 'f([7, 5, 6], 3)']);
    expect(all.every(([a, k]) => amount(k) >= 0 && amount(k) <= items(a).length)).toBe(true);
  });

  test('rows of one length', () => {
    const all = made('f(grid)', ['f([[1, 2], [3, 4]])', 'f([[1, 2, 3]])']);
    const widths = all.map(([grid]) => new Set(items(grid).map((row) => items(row).length)).size);
    expect(Math.max(...widths)).toBe(1);
  });

  test('tuples of one length', () => {
    const all = made('f(p)', ['f((1, "a"))', 'f((4, "b"))']).flat();
    expect(
      all.every((p) => p !== null && typeof p === 'object' && 'tuple' in p && p.tuple.length === 2),
    ).toBe(true);
  });

  test('order, mostly', () => {
    const sources = ['f([1, 2, 5])', 'f([1, 4, 4, 9])', 'f([2, 3, 8, 10])'];
    const all = made('f(a)', sources).map(([a]) => items(a).map(amount));
    const sorted = all.filter((list) =>
      list.every((n, index) => index === 0 || n >= (list[index - 1] ?? n)),
    );
    expect(sorted.length).toBeGreaterThan(all.length / 2);
    expect(sorted.length).toBeLessThan(all.length);
  });
});

test('generateInputs() tries the edges', () => {
  const all = made('f(a, s)', ['f([3, 4], "ab")']);
  expect(all.some(([a]) => items(a).length === 0)).toBe(true);
  expect(all.some(([a]) => items(a).length === 1)).toBe(true);
  expect(all.some(([, s]) => s === '')).toBe(true);
});

test.each([
  'f(a: List[int], b: str)',
  'f(a: Dict[str, int])',
  'f(a: Optional[float], b: Tuple[int, str])',
  'f(a: list[list[int]], b: bool)',
  'f(a: Set[int])',
  "f(a: Literal['x', 'y'], b: int)",
])('generateInputs() makes inputs from types alone: %s', (signature) => {
  expect(made(signature, []).length).toBeGreaterThan(25);
});

test('generateInputs() makes the one input of a function without parameters', () => {
  expect(made('f()', [])).toEqual([[]]);
});

test('generateInputs() makes none where a parameter takes a function', () => {
  const entry: Entry = {
    kind: 'function',
    name: 'f',
    language: 'python',
    parameters: [{ name: 'g', type: undefined, isOptional: false }],
    isVariadic: false,
    aliases: {},
  };
  expect(generateInputs({ entry, calls: [], seed: 1, limit: 10 })).toEqual([]);
});

test('generateInputs() changes numbers on standard input, but neither counts nor form', () => {
  const stdin = '5\n7 12 9 30 11\n';
  const calls = [{ kind: 'program', stdin }] as const;
  const entry = { kind: 'program', language: 'python' } as const;
  const inputs = generateInputs({ entry, calls, seed: 1, limit: 20 });
  expect(inputs.length).toBeGreaterThan(5);
  for (const call of inputs) {
    expect(call.kind === 'program' && call.stdin).toMatch(/^5\n\d+ \d+ \d+ \d+ \d+\n$/);
  }
});

test('generateInputs() changes numbers and texts in scripts of a class', () => {
  const script = {
    kind: 'script',
    statements: "s = Stack()\ns.push(12, 'ab')",
    expression: 's.pop()',
  };
  const calls = [script] as readonly Call[];
  const entry = { kind: 'class', name: 'Stack', language: 'python' } as const;
  const inputs = generateInputs({ entry, calls, seed: 1, limit: 10 });
  expect(inputs).toHaveLength(10);
  for (const call of inputs) {
    expect(call.kind === 'script' && call.expression).toBe('s.pop()');
    expect(call.kind === 'script' && call.statements).toMatch(
      /^s = Stack\(\)\ns\.push\(\d+, '[a-z]*'\)$/,
    );
  }
});

test('generateInputs() gives the same for a seed, never repeats a call, and keeps to the limit', () => {
  const entry = entryOf('def f(a: List[int], s: str): pass', []);
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 50 }), (seed, limit) => {
      const calls = [called('f([1, 2], "ab")')];
      const inputs = generateInputs({ entry, calls, seed, limit });
      const texts = inputs.map((call) => writeCall(call, 'python'));
      expect(generateInputs({ entry, calls, seed, limit })).toEqual(inputs);
      expect(texts.length).toBeLessThanOrEqual(limit);
      expect(new Set([...texts, "f([1, 2], 'ab')"]).size).toBe(texts.length + 1);
    }),
    { numRuns: 30 },
  );
});
