import type { Syntax } from '../domain/syntax-of.ts';
import type { Expected } from '../domain/test-case.ts';
import { callOfEntry, type Example, type ExampleText } from './example.ts';
import { readCall } from './read-call.ts';
import { readLiteral } from './read-literal.ts';
import { splitTop, topOperator } from './source-scanner.ts';

/** What a line was read as: an example, or why it is none. */
export type Reading =
  | { readonly example: Example; readonly because?: undefined }
  | { readonly example?: undefined; readonly because: string };

/** The two sides of an assertion, each as source text. */
interface Sides {
  readonly actual: string;
  readonly expected: string;
}

/** The most characters of one assertion. */
const statementMaxLength = 5000;

const equal = ['===', '==', ' is '];
const unequal = ['!=', '>=', '<=', '>', '<', ' in ', ' not ', ' is not ', ' or ', ' and ', ' if '];
const equalCall =
  /^(?:self\.)?(?:assert\.?)?(?:assertEquals?|assertAlmostEqual|assertListEqual|assertDictEqual|assertTupleEqual|assertIs|equal|deepEqual|strictEqual|deepStrictEqual|assert_equal)\s*\(/;
const truthCall = /^(?:self\.)?assert(True|False|IsNone)\s*\(/;
const close = /^(?:abs|math\.fabs)\s*\((.*)\)\s*<=?\s*[\d.e-]+$/s;
const isClose = /^(?:math|np|numpy)\.(?:isclose|allclose)\s*\((.*)\)$/s;
const pytestClose = /^pytest\.approx\s*\((.*)\)$/s;
const expectation =
  /^expect\s*\(([\s\S]*)\)\s*\.\s*to(?:Be|Equal|StrictEqual|BeCloseTo|Be(Null|Undefined|NaN|True|False|Truthy|Falsy)|Throw)(?:Error)?\s*\(([\s\S]*)\)$/;

/**
 * Reads one assertion: `assert f(1) == 2`, `self.assertEqual(f(1), 2)`, `expect(f(1)).toBe(2)`,
 * `console.assert(f(1) === 2)`. A side that has to be computed becomes source text to evaluate.
 */
export function readAssertion(source: string, context: Omit<ExampleText, 'text'>): Reading {
  if (source.length > statementMaxLength) return { because: 'it is too long' };
  const statement = source.trim().replace(/;$/, '').trim();
  const sides = sidesOf(statement, context.syntax);
  if (sides === undefined) return { because: 'it is no comparison with one value' };
  const example = exampleOf(sides, context) ?? exampleOf(swapped(sides), context);
  return example === undefined
    ? { because: `it does not call ${context.entry.name} with values that can be read` }
    : { example };
}

/** What an assertion compares; undefined for anything else than one comparison with one value. */
export function assertionSides(source: string, syntax: Syntax): Sides | undefined {
  if (source.length > statementMaxLength) return undefined;
  return sidesOf(source.trim().replace(/;$/, '').trim(), syntax);
}

function sidesOf(statement: string, syntax: Syntax): Sides | undefined {
  const expected = expectation.exec(statement);
  if (expected !== null) return expectedSides(expected);
  const truth = truthCall.exec(statement);
  if (truth !== null) {
    const [actual = ''] = argumentsIn(statement, syntax);
    const words: Readonly<Record<string, string>> = { True: 'True', False: 'False' };
    return { actual, expected: words[truth[1] ?? ''] ?? 'None' };
  }
  if (equalCall.test(statement)) {
    const [actual, value] = argumentsIn(statement, syntax);
    return actual === undefined || value === undefined ? undefined : { actual, expected: value };
  }
  const asserted = /^(?:console\.)?assert(?:\.ok)?(?=[\s(])\s*([\s\S]*)$/.exec(statement)?.[1];
  return asserted === undefined ? undefined : comparisonSides(asserted, syntax);
}

function comparisonSides(asserted: string, syntax: Syntax): Sides | undefined {
  const [first = ''] = splitTop(asserted, { syntax, separator: ',', hasAngles: false });
  const inner = /^\(([\s\S]*)\)$/.exec(first)?.[1];
  // The parentheses of `assert (f(1) == 2)`, but not those of `assert (1, 2) == f((1, 2))`.
  if (inner !== undefined && topOperator(first, syntax, equal) === undefined) {
    return comparisonSides(inner, syntax);
  }
  return closeSides(first, syntax) ?? equalSides(first, syntax);
}

function equalSides(source: string, syntax: Syntax): Sides | undefined {
  const operator = topOperator(source, syntax, equal);
  if (operator === undefined) return bareSides(source, syntax);
  const actual = source.slice(0, operator.at).trim();
  const expected = source.slice(operator.at + operator.operator.length).trim();
  const isChain =
    topOperator(`${actual} ${expected}`, syntax, [...equal, ...unequal]) !== undefined;
  if (isChain || expected.startsWith('not ') || actual === '' || expected === '') return undefined;
  const approximate = pytestClose.exec(expected)?.[1];
  const [value = expected] =
    approximate === undefined
      ? []
      : splitTop(approximate, { syntax, separator: ',', hasAngles: false });
  return { actual, expected: value };
}

/** `assert f(1)` and `assert not f(1)` ask for truth alone; a function of truth values gives one. */
function bareSides(source: string, syntax: Syntax): Sides | undefined {
  if (topOperator(source, syntax, unequal) !== undefined) return undefined;
  const negated = /^(?:not\s+|!\s*)([\s\S]*)$/.exec(source)?.[1];
  const actual = (negated ?? source).replace(/^\(([\s\S]*)\)$/, '$1').trim();
  const isCall = readCall({ text: actual, at: 0, syntax })?.end === actual.length;
  if (!isCall) return undefined;
  return { actual: truthOf(actual, syntax), expected: negated === undefined ? 'True' : 'False' };
}

function truthOf(source: string, syntax: Syntax): string {
  return syntax === 'python' ? `bool(${source})` : `Boolean(${source})`;
}

/** `abs(f(1) - 2.5) < 1e-6`, `math.isclose(f(1), 2.5)`. */
function closeSides(source: string, syntax: Syntax): Sides | undefined {
  const [, listed] = isClose.exec(source) ?? [];
  if (listed !== undefined) {
    const [actual, expected] = splitTop(listed, { syntax, separator: ',', hasAngles: false });
    return actual === undefined || expected === undefined ? undefined : { actual, expected };
  }
  const [, difference] = close.exec(source) ?? [];
  const minus = difference === undefined ? undefined : topOperator(difference, syntax, [' - ']);
  if (difference === undefined || minus === undefined) return undefined;
  return {
    actual: difference.slice(0, minus.at).trim(),
    expected: difference.slice(minus.at + 3).trim(),
  };
}

const matcherValues: Readonly<Record<string, string>> = {
  Null: 'null',
  Undefined: 'undefined',
  NaN: 'NaN',
  True: 'true',
  False: 'false',
};

function expectedSides([whole, actual = '', word, argument]: RegExpExecArray): Sides | undefined {
  if (/\.\s*toThrow/.test(whole) || /\.\s*not\b/.test(whole)) return undefined;
  if (word === 'Truthy' || word === 'Falsy') {
    return { actual: truthOf(actual, 'javascript'), expected: String(word === 'Truthy') };
  }
  if (word !== undefined) return { actual, expected: matcherValues[word] ?? 'true' };
  const [expected = ''] = splitTop(argument ?? '', {
    syntax: 'javascript',
    separator: ',',
    hasAngles: false,
  });
  return expected === '' ? undefined : { actual, expected };
}

function argumentsIn(statement: string, syntax: Syntax): readonly string[] {
  const inside = statement.slice(statement.indexOf('(') + 1, statement.lastIndexOf(')'));
  return splitTop(inside, { syntax, separator: ',', hasAngles: false });
}

function swapped({ actual, expected }: Sides): Sides {
  return { actual: expected, expected: actual };
}

function exampleOf(
  { actual, expected }: Sides,
  { syntax, entry }: Omit<ExampleText, 'text'>,
): Example | undefined {
  const name = entry.name.slice(entry.name.lastIndexOf('.') + 1);
  if (!mentions(actual, name) || mentions(expected, name) || isUnknownName(expected))
    return undefined;
  const read = readCall({ text: actual, at: 0, syntax });
  const isWhole = read !== undefined && read.end === actual.length;
  if (isWhole && read.value.name.endsWith(name)) {
    const call = callOfEntry(read.value, entry);
    return call && { call, expected: expectedFrom(expected, entry.language), at: 0, isWeak: false };
  }
  const call = { kind: 'script', statements: '', expression: actual } as const;
  return { call, expected: expectedFrom(expected, entry.language), at: 0, isWeak: false };
}

/** What a source text demands: the value that it spells, or else itself, to be evaluated. */
export function expectedFrom(source: string, language: string): Expected {
  const value = readLiteral(source, language);
  return value === undefined ? { kind: 'source', expression: source } : { kind: 'value', value };
}

/** A blank to fill in (`____`), or a variable that nothing sets. */
function isUnknownName(source: string): boolean {
  if (/(?:^|\W)_{2,}(?:\W|$)/.test(source)) return true;
  return /^[A-Za-z_]\w*$/.test(source) && readLiteral(source, 'python') === undefined;
}

function mentions(source: string, name: string): boolean {
  const at = source.indexOf(name);
  if (at === -1) return false;
  const isWhole =
    !/[\w$]/.test(source[at - 1] ?? '') && !/[\w$]/.test(source[at + name.length] ?? '');
  return isWhole || mentions(source.slice(at + name.length), name);
}
