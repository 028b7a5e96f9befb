import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value } from '../domain/value.ts';
import { writeCall, writeLiteral } from '../domain/write-literal.ts';
import { readLiteral } from './read-literal.ts';

const int = (digits: number | string): Value => ({ int: String(digits) });
const list = (...items: Value[]): Value => ({ list: items });

describe('readLiteral() reads Python', () => {
  test.each<[string, Value]>([
    ['0', int(0)],
    ['-12', int(-12)],
    ['123456789012345678901234567890', int('123456789012345678901234567890')],
    ['1_000', int(1000)],
    ['0xff', int(255)],
    ['0b101', int(5)],
    ['1.5', { float: '1.5' }],
    ['1.0', { float: '1' }],
    ['[1., 2.]', list({ float: '1' }, { float: '2' })],
    ['-1e-7', { float: '-1e-7' }],
    ['-0.0', { float: '-0' }],
    ["float('-inf')", { float: '-inf' }],
    ['math.inf', { float: 'inf' }],
    ['float("nan")', { float: 'nan' }],
    ['None', null],
    ['True', true],
    ["'it\\'s'", "it's"],
    ['"a\\n\\x41\\u00e9\\U0001F600\\101"', 'a\nA\u00e9\u{1f600}A'],
    ["r'\\d'", '\\d'],
    ["'\\d'", '\\d'],
    ["'''a\n'b'''", "a\n'b"],
    ["'a' 'b'", 'ab'],
    ["b'\\xff'", { bytes: '/w==' }],
    ['[]', list()],
    ['[1, [2, None],]', list(int(1), list(int(2), null))],
    ['()', { tuple: [] }],
    ['(1,)', { tuple: [int(1)] }],
    ['(1)', int(1)],
    ['{1, 2}', { set: [int(1), int(2)] }],
    ['set()', { set: [] }],
    ['frozenset([1])', { set: [int(1)] }],
    ['{}', { map: [] }],
    [
      "{'a': 1, 2: (3, 4)}",
      {
        map: [
          ['a', int(1)],
          [int(2), { tuple: [int(3), int(4)] }],
        ],
      },
    ],
    ['[1,  # one\n 2]', list(int(1), int(2))],
  ])('%s', (source, wanted) => {
    expect(readLiteral(source, 'python')).toEqual(wanted);
  });
});

describe('readLiteral() reads JavaScript and TypeScript', () => {
  test.each<[string, Value]>([
    ['2.0', int(2)],
    ['-Infinity', { float: '-inf' }],
    ['NaN', { float: 'nan' }],
    ['undefined', { opaque: 'undefined' }],
    ['`a b`', 'a b'],
    ["'\\d\\u{1F600}'", 'd\u{1f600}'],
    [
      '{ a: 1, "b c": [null], 3: true }',
      {
        map: [
          ['a', int(1)],
          ['b c', list(null)],
          ['3', true],
        ],
      },
    ],
    ['new Set([1, 2])', { set: [int(1), int(2)] }],
    ["new Map([['a', 1]])", { object: 'Map', fields: [['entries', { map: [['a', int(1)]] }]] }],
    ['[1, /* two */ 2, // three\n]', list(int(1), int(2))],
  ])('%s', (source, wanted) => {
    expect(readLiteral(source, 'javascript')).toEqual(wanted);
    expect(readLiteral(source, 'typescript')).toEqual(wanted);
  });
});

test.each([
  ['python', '1 + 2'],
  ['python', '1j'],
  ['python', '007'],
  ['python', 'x'],
  ['python', 'f(1)'],
  ['python', "f'{x}'"],
  ['python', '[1'],
  ['python', '[1 2]'],
  ['python', '[,]'],
  ['python', "'a"],
  ['python', '1 2'],
  ['python', ''],
  ['python', '{1: 2, 3}'],
  ['python', "'\\U00110000'"],
  ['javascript', '(1, 2)'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this text is what is read.
  ['javascript', '`${x}`'],
  ['javascript', '10n'],
  ['javascript', '{ [key]: 1 }'],
  ['go', '1'],
])('readLiteral() gives nothing for %s text that is no literal: %s', (language, source) => {
  expect(readLiteral(source, language)).toBeUndefined();
});

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Value>(null, true, false),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.bigInt().map((amount): Value => ({ int: String(amount) })),
    fc
      .double({ noDefaultInfinity: true, noNaN: true })
      .filter((amount) => !Number.isInteger(amount))
      .map((amount): Value => ({ float: String(amount) })),
    fc.constantFrom<Value>({ float: 'inf' }, { float: '-inf' }, { float: 'nan' }),
    fc.array(tie('value'), { maxLength: 4 }).map((items): Value => ({ list: items })),
    fc
      .array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 })
      .map((pairs): Value => ({ map: pairs })),
    fc.array(tie('value'), { minLength: 1, maxLength: 4 }).map((items): Value => ({ set: items })),
  ),
}));
const pythonValue = fc.oneof(
  value,
  fc.array(value, { maxLength: 3 }).map((items): Value => ({ tuple: items })),
  fc.uint8Array().map((bytes): Value => ({ bytes: Buffer.from(bytes).toString('base64') })),
);

test('readLiteral() reads back what writeLiteral() wrote', () => {
  fc.assert(
    fc.property(pythonValue, (written) => {
      expect(readLiteral(writeLiteral(written, 'python'), 'python')).toEqual(written);
    }),
  );
  fc.assert(
    fc.property(value, (written) => {
      expect(readLiteral(writeLiteral(written, 'javascript'), 'javascript')).toEqual(written);
    }),
  );
});

test('readLiteral() never throws and never calls a part of a text a literal', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('python', 'javascript'),
      (text, language) => {
        const read = readLiteral(text, language);
        if (read !== undefined)
          expect(readLiteral(writeLiteral(read, language), language)).toEqual(read);
      },
    ),
  );
});

test('writeLiteral() keeps what a terminal would hide or obey on one visible line', () => {
  expect(writeLiteral('a\u001b[31m\n\u202e', 'python')).toBe("'a\\x1b[31m\\n\\u202e'");
});

test('writeCall() writes a call as a person would', () => {
  const args = [list(int(1), int(2)), 'a'];
  expect(writeCall({ kind: 'call', name: 'f', args }, 'python')).toBe("f([1, 2], 'a')");
  expect(writeCall({ kind: 'call', name: 'f', args: [], named: { k: null } }, 'python')).toBe(
    'f(k=None)',
  );
  expect(writeCall({ kind: 'program', stdin: '1\n' }, 'python')).toBe("stdin '1\\n'");
  const script = {
    kind: 'script',
    statements: 's = S()\ns.push(1)',
    expression: 's.pop()',
  } as const;
  expect(writeCall(script, 'python')).toBe('s = S(); s.push(1); s.pop()');
});
