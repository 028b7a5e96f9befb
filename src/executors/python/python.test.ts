import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  call,
  int,
  openTestExecutor,
  returned,
  type TestExecutor,
} from '../../../test/support/open-test-executor.ts';
import type { Observation } from '../../domain/executor.ts';
import type { Call } from '../../domain/test-case.ts';
import type { Value } from '../../domain/value.ts';

// Programs are run, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let python: TestExecutor;
beforeAll(() => {
  python = openTestExecutor();
});
afterAll(() => python.close());

function observe(text: string, ...calls: readonly Call[]): Promise<readonly Observation[]> {
  return python.observe('python', text, calls);
}

/** The value that an expression has, as the driver writes it. */
async function encoded(expression: string, before = ''): Promise<unknown> {
  const [seen] = await observe(`${before}\ndef f():\n    return ${expression}`, call('f'));
  return seen?.kind === 'returned' ? seen.value : seen;
}

describe('values', () => {
  test.each<readonly [string, Value]>([
    ['None', null],
    ['True', true],
    ['10**30', { int: `1${'0'.repeat(30)}` }],
    ['-0.0', { float: '-0.0' }],
    ['float("inf")', { float: 'inf' }],
    ['float("nan")', { float: 'nan' }],
    ['1e100', { float: '1e+100' }],
    ['"é\\ud800"', 'é\ud800'],
    ['b"x"', { bytes: 'eA==' }],
    ['[1, (2,)]', { list: [int(1), { tuple: [int(2)] }] }],
    ['{1: "a"}', { map: [[int(1), 'a']] }],
    ['frozenset([1])', { set: [int(1)] }],
    ['{1: 2}.keys()', { set: [int(1)] }],
    ['(i for i in range(2))', { list: [int(0), int(1)] }],
    ['map(str, [1])', { list: ['1'] }],
    [
      '1+2j',
      {
        object: 'complex',
        fields: [
          ['real', { float: '1.0' }],
          ['imag', { float: '2.0' }],
        ],
      },
    ],
    ['len', { opaque: 'builtin_function_or_method' }],
  ])('python keeps apart what %s is', async (expression, value) => {
    expect(await encoded(expression)).toEqual(value);
  });

  test.each<readonly [string, string, Value]>([
    ['a subclass by its data', 'from collections import Counter', { map: [['a', int(1)]] }],
  ])('python reads %s', async (_, before, value) => {
    expect(await encoded('Counter("a")', before)).toEqual(value);
  });

  test('python reads an instance by its fields and slots', async () => {
    const program = `
class Point:
    __slots__ = ("x", "__dict__")
    def __init__(self):
        self.x, self.y = 1, 2`;
    expect(await encoded('Point()', program)).toEqual({
      object: 'Point',
      fields: [
        ['y', int(2)],
        ['x', int(1)],
      ],
    });
  });

  test('python takes the first thousand items of an iterator without end', async () => {
    const value = await encoded('itertools.count()', 'import itertools');
    expect(value).toMatchObject({ list: { length: 1000 } });
  });

  test('python cuts cycles and depth', async () => {
    const before = 'a = []\na.append(a)\nb = []\nfor _ in range(10000): b = [b]';
    expect(await encoded('a', before)).toEqual({ list: [{ opaque: 'cycle' }] });
    expect(JSON.stringify(await encoded('b', before))).toContain('deeper than');
  });

  test('python bounds a huge value and says what is missing', async () => {
    const value = await encoded('list(range(10**6))');
    expect(JSON.stringify(value)).toMatch(/"opaque":"9\d+ more"/);
  });

  test('python gives back the values that it was given', async () => {
    const values: readonly Value[] = [
      null,
      'é\n',
      int(-5),
      { int: '9'.repeat(5000) },
      { float: '-inf' },
      { list: [{ tuple: [true] }] },
      { set: ['a'] },
      { map: [['k', { bytes: 'AA==' }]] },
    ];
    const seen = await observe('def f(x): return x', ...values.map((value) => call('f', value)));
    expect(seen).toEqual(values.map(returned));
  });
});

describe('calls', () => {
  test('python gives each call its own arguments and tells which were changed', async () => {
    const argument: Value = { list: [int(1)] };
    const seen = await observe('def f(a, b): b.append(2)', call('f', argument, argument));
    const changed = [[1, { list: [int(1), int(2)] }]];
    expect(seen).toEqual([{ kind: 'returned', value: null, printed: '', changed }]);
  });

  test('python calls by name, methods of instances, static methods and coroutines', async () => {
    const program = `
import asyncio
class Solution:
    def add(self, a, b=1): return a + b
    @staticmethod
    def one(): return 1
async def later():
    await asyncio.sleep(0)
    return 2`;
    const named: Call = {
      kind: 'call',
      name: 'Solution.add',
      args: [int(1)],
      named: { b: int(2) },
    };
    expect(await observe(program, named, call('Solution.one'), call('later'))).toEqual(
      [3, 1, 2].map((value) => returned(int(value))),
    );
  });

  test('python blames nobody but the call for an argument that cannot be made', async () => {
    const seen = await observe(
      'def f(x): return 1',
      call('f', { set: [{ list: [] }] }),
      call('f', null),
    );
    expect(seen).toMatchObject([{ kind: 'raised', error: 'TypeError' }, returned(int(1))]);
  });

  test('python tells of a function that is not there', async () => {
    expect(await observe('x = 1', call('f'), call('x'))).toMatchObject([
      { kind: 'raised', error: 'EntryMissing' },
      { kind: 'raised', error: 'EntryMissing' },
    ]);
  });

  test('python gathers what each call prints, and gives it no input', async () => {
    const program = 'print("load")\ndef f(x):\n    print(x)\n    input()';
    expect(await observe(program, call('f', int(1)), call('f', int(2)))).toMatchObject([
      { kind: 'raised', error: 'EOFError', printed: '1\n' },
      { kind: 'raised', error: 'EOFError', printed: '2\n' },
    ]);
  });

  test('python evaluates statements and an expression in a scope of their own', async () => {
    const script: Call = { kind: 'script', statements: 's = [f(1)]\nf = 3', expression: ' s ' };
    expect(await observe('def f(x): return x', script, call('f', int(2)))).toEqual([
      returned({ list: [int(1)] }),
      returned(int(2)),
    ]);
  });

  test('python imports the other files of a program', async () => {
    const files = [
      {
        path: 'main.py',
        language: 'python',
        text: 'from pkg.helper import g\ndef f(): return g()',
      },
      { path: 'pkg/helper.py', language: 'python', text: 'def g(): return 7' },
    ] as const;
    const program = { language: 'python', files };
    const signal = new AbortController().signal;
    const seen = await python.executor.observe({ program, calls: [call('f')] }, signal);
    expect(seen).toEqual([returned(int(7))]);
  });

  test('python says the same of each call when the program cannot be loaded', async () => {
    const seen = await observe('def f(:', call('f'), call('f'));
    expect(seen).toMatchObject(Array(2).fill({ kind: 'raised', error: 'SyntaxError' }));
  });
});

describe('the end of a process', () => {
  test('python makes the later calls after one that ended its process', async () => {
    const program = `
import os, ctypes
def f(x):
    if x == 1: os._exit(0)
    if x == 2: ctypes.string_at(0)
    if x == 3: raise SystemExit(0)
    return x`;
    expect(await observe(program, ...[0, 1, 2, 3, 4].map((x) => call('f', int(x))))).toMatchObject([
      returned(int(0)),
      { kind: 'crashed', how: 'exit 0' },
      { kind: 'crashed', how: 'SIGSEGV' },
      { kind: 'raised', error: 'SystemExit' },
      returned(int(4)),
    ]);
  });

  test('python ends a call that uses up its processor time, whatever signals it handles', async () => {
    const program = `
import signal
def f(x):
    for name in (signal.SIGXCPU, signal.SIGTERM, signal.SIGALRM):
        signal.signal(name, lambda *_: None)
    while x:
        try:
            while True: pass
        except BaseException: pass
    return x`;
    expect(await observe(program, call('f', int(0)), call('f', int(1)), call('f', int(0)))).toEqual(
      [returned(int(0)), { kind: 'timed-out', limitMs: 500 }, returned(int(0))],
    );
  });

  test('python does not make the later calls once three have timed out', async () => {
    const calls = Array.from({ length: 5 }, () => call('f'));
    const quick = openTestExecutor({ callCpuMs: 100 });
    const seen = await quick.observe('python', 'def f():\n    while True: pass', calls);
    await quick.close();
    expect(seen.map(({ kind }) => kind)).toEqual([
      ...Array(3).fill('timed-out'),
      ...Array(2).fill('not-run'),
    ]);
  });

  test('python tries a call that only waits once more, alone, before it has timed out', async () => {
    const quick = openTestExecutor({ callWallMs: 200 });
    const seen = await quick.observe('python', 'import time\ndef f(): time.sleep(60)', [call('f')]);
    await quick.close();
    expect(seen).toEqual([{ kind: 'timed-out', limitMs: 200 }]);
  });

  test('python takes deep recursion and lack of memory for errors of the call', async () => {
    const program = `
def deep(x): return deep(x)
def big(): return bytearray(1 << 40)`;
    expect(await observe(program, call('deep', int(1)), call('big'))).toMatchObject([
      { kind: 'raised', error: 'RecursionError' },
      { kind: 'raised', error: 'MemoryError' },
    ]);
  });

  test('python ends a call that prints without end', async () => {
    const seen = await observe('def f():\n    while True: print("x" * 1000)', call('f'));
    expect(seen).toEqual([{ kind: 'crashed', how: 'output limit' }]);
  });
});

describe('whole programs', () => {
  test('python runs a program on its input, each time in a process of its own', async () => {
    const program = `
import os, sys
if __name__ == "__main__":
    n = int(input())
    rest = sys.stdin.read()
    print(n * 2, len(rest))
    sys.stdout.flush()
    os.write(1, b"raw")
    os._exit(0)`;
    const seen = await observe(
      program,
      { kind: 'program', stdin: `1\n${'x'.repeat(200_000)}` },
      { kind: 'program', stdin: 'no number' },
    );
    expect(seen).toMatchObject([
      { kind: 'returned', value: null, printed: '2 200000\nraw' },
      { kind: 'raised', error: 'ValueError', printed: '' },
    ]);
  });
});

describe('evaluate', () => {
  test('python evaluates expressions without a program', async () => {
    const expressions = ['[1, (2,)]', '1/0', 'syntax error', 'set()'];
    const signal = new AbortController().signal;
    const source = { language: 'python', expressions };
    expect(await python.executor.evaluate(source, signal)).toEqual([
      { list: [int(1), { tuple: [int(2)] }] },
      undefined,
      undefined,
      { set: [] },
    ]);
  });
});
