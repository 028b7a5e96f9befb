import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  call,
  int,
  openTestExecutor,
  returned,
  type TestExecutor,
} from '../../../test/support/open-test-executor.ts';
import type { Call } from '../../domain/test-case.ts';
import type { Value } from '../../domain/value.ts';

// Programs are run, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let tested: TestExecutor;
beforeAll(() => {
  tested = openTestExecutor();
});
afterAll(() => tested.close());

test('javascript keeps apart what values are', async () => {
  const rows: readonly (readonly [string, Value])[] = [
    ['null', null],
    ['undefined', { opaque: 'undefined' }],
    ['3', int(3)],
    ['-0', { float: '-0' }],
    ['1.5', { float: '1.5' }],
    ['1e21', { float: '1e+21' }],
    ['NaN', { float: 'nan' }],
    ['-Infinity', { float: '-inf' }],
    ['5n', { object: 'BigInt', fields: [['value', int(5)]] }],
    ['"é😀\\ud800"', 'é😀\ud800'],
    ['[1, , 2]', { list: [int(1), { opaque: 'undefined' }, int(2)] }],
    ['({ a: 1 })', { map: [['a', int(1)]] }],
    ['new Map([[1, 2]])', { object: 'Map', fields: [['entries', { map: [[int(1), int(2)]] }]] }],
    ['new Set([1])', { set: [int(1)] }],
    ['new Date(0)', { object: 'Date', fields: [['iso', '1970-01-01T00:00:00.000Z']] }],
    ['new Uint8Array([120])', { bytes: 'eA==' }],
    ['new Float64Array([1])', { object: 'Float64Array', fields: [['items', { list: [int(1)] }]] }],
    ['new (class P { x = 1 })()', { object: 'P', fields: [['x', int(1)]] }],
    ['new RangeError("m")', { object: 'RangeError', fields: [['message', 'm']] }],
    ['[1, 2].values()', { list: [int(1), int(2)] }],
    ['(function* () { yield 1; })()', { list: [int(1)] }],
    ['(async function* () { yield 1; })()', { list: [int(1)] }],
    ['(() => 1)', { opaque: 'function' }],
  ];
  const program = `const all = [${rows.map(([source]) => `() => ${source}`).join()}];
    const f = (index) => all[index]();`;
  const seen = await tested.observe(
    'javascript',
    program,
    rows.map((_, index) => call('f', int(index))),
  );
  expect(seen).toEqual(rows.map(([, value]) => returned(value)));
});

test('javascript gives back the values that it was given', async () => {
  const values: readonly Value[] = [
    null,
    'é\n',
    { object: 'BigInt', fields: [['value', { int: '99999999999999999999' }]] },
    { float: 'inf' },
    { list: [true, { bytes: 'AA==' }] },
    { map: [['__proto__', int(1)]] },
    { object: 'Map', fields: [['entries', { map: [[int(1), int(2)]] }]] },
    { opaque: 'undefined' },
  ];
  const seen = await tested.observe(
    'javascript',
    'const f = (x) => x',
    values.map((value) => call('f', value)),
  );
  expect(seen).toEqual(values.map(returned));
});

test('javascript bounds cycles, depth and size', async () => {
  const program = `
    function cycle() { const a = []; a.push(a); return a; }
    function deep() { let a = []; for (let i = 0; i < 1e4; i++) a = [a]; return a; }
    function huge() { return Array(1e6).fill(1); }
    function* endless() { for (;;) yield 1; }`;
  const seen = await tested.observe(
    'javascript',
    program,
    ['cycle', 'deep', 'huge', 'endless'].map((name) => call(name)),
  );
  const [cycle, deep, huge, endless] = seen.map((each) => JSON.stringify(each));
  expect(cycle).toContain('{"opaque":"cycle"}');
  expect(deep).toContain('deeper than');
  expect(huge).toMatch(/"opaque":"9\d+ more"/);
  expect(endless?.match(/"int"/g)).toHaveLength(1000);
});

test.each([
  ['a bare script', 'const add = (a) => a + 1; class Solution { add(a) { return a + 1; } }'],
  [
    'CommonJS',
    'class S { add(a) { return a + 1; } }\nmodule.exports = { add: (a) => a + 1, Solution: S };',
  ],
  [
    'an ES module',
    'import "node:fs";\nexport const add = (a) => a + 1;\nexport class Solution { static add(a) { return a + 1; } }',
  ],
  [
    'names that an ES module does not export',
    'import "node:fs";\nfunction add(a) { return a + 1; }\nclass Solution { async add(a) { return a + 1; } }',
  ],
  [
    'a default export',
    'export default { add: (a) => a + 1, Solution: class { add(a) { return a + 1; } } };',
  ],
])('javascript finds functions and methods of %s', async (_, text) => {
  const script: Call = { kind: 'script', statements: 'const n = 1;', expression: ' 1 + n' };
  const seen = await tested.observe('javascript', text, [
    call('add', int(1)),
    call('Solution.add', int(1)),
    script,
  ]);
  expect(seen).toEqual([2, 2, 2].map((value) => returned(int(value))));
});

test('javascript tells what was printed, thrown, changed and is not there', async () => {
  const program = `
    function f(list) { console.log('hi', 1); list.push(2); }
    function g() { process.stdout.write('x'); throw new TypeError('bad'); }
    function h() { throw 'text'; }`;
  const argument: Value = { list: [int(1)] };
  const seen = await tested.observe('javascript', program, [
    call('f', argument),
    call('g'),
    call('h'),
    call('i'),
  ]);
  const changed = [[0, { list: [int(1), int(2)] }]];
  expect(seen).toEqual([
    { kind: 'returned', value: { opaque: 'undefined' }, printed: 'hi 1\n', changed },
    { kind: 'raised', error: 'TypeError', message: 'bad', printed: 'x' },
    { kind: 'raised', error: 'string', message: 'text', printed: '' },
    {
      kind: 'raised',
      error: 'EntryMissing',
      message: 'the program does not define i',
      printed: '',
    },
  ]);
});

test('javascript goes on with a program that prints while it is loaded', async () => {
  const program = 'function f() { return 1; }\nconsole.log(f());';
  expect(await tested.observe('javascript', program, [call('f')])).toEqual([returned(int(1))]);
});

test('javascript makes the later calls after one that ended its process', async () => {
  const program = `function f(x) {
    if (x === 1) process.exit(0);
    if (x === 2) process.abort();
    if (x === 3) for (;;);
    if (x === 4) return new Promise(() => {});
    return x;
  }`;
  const seen = await tested.observe(
    'javascript',
    program,
    [0, 1, 2, 3, 4, 5].map((x) => call('f', int(x))),
  );
  expect(seen).toMatchObject([
    returned(int(0)),
    { kind: 'crashed', how: 'exit 0' },
    { kind: 'crashed' },
    { kind: 'timed-out' },
    { kind: 'crashed', how: 'waits for what never comes' },
    returned(int(5)),
  ]);
});

test('javascript runs a program on its input', async () => {
  const program = `
    const fs = require('fs');
    if (require.main === module) console.log(fs.readFileSync('/dev/stdin', 'utf8').trim() * 2);`;
  const failing = 'throw new RangeError("no")';
  const input: Call = { kind: 'program', stdin: '21\n' };
  expect(await tested.observe('javascript', program, [input])).toEqual([
    { kind: 'returned', value: null, printed: '42\n', changed: [] },
  ]);
  expect(await tested.observe('javascript', failing, [input])).toEqual([
    { kind: 'raised', error: 'RangeError', message: 'no', printed: '' },
  ]);
});

test('javascript runs TypeScript with enums and types, in tests too', async () => {
  const program = `
    enum Size { Small = 1 }
    interface Box { size: Size }
    export function f(box: Box): number { return box.size + Size.Small; }`;
  const script: Call = {
    kind: 'script',
    statements: 'const box: Box = { size: 2 };',
    expression: 'f(box as Box)',
  };
  const seen = await tested.observe('typescript', program, [script]);
  expect(seen).toEqual([returned(int(3))]);
});

test('javascript says why TypeScript that cannot be read and components are not run', async () => {
  expect(await tested.observe('typescript', 'const : = 1', [call('f')])).toMatchObject([
    { kind: 'raised', error: 'SyntaxError' },
  ]);
  expect(await tested.observe('tsx', 'const a = <b />', [call('f')])).toMatchObject([
    { kind: 'not-run' },
  ]);
});

test('javascript imports the other files of a program', async () => {
  const files = [
    {
      path: 'src/main.ts',
      language: 'typescript',
      text: "import { g } from './lib/g.js';\nexport const f = () => g();",
    },
    { path: 'src/lib/g.ts', language: 'typescript', text: 'export const g = (): number => 7;' },
  ] as const;
  const program = { language: 'typescript', files };
  const seen = await tested.executor.observe(
    { program, calls: [call('f')] },
    new AbortController().signal,
  );
  expect(seen).toEqual([returned(int(7))]);
});
