import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  call,
  int,
  openTestExecutor,
  returned,
  type TestExecutor,
} from '../../test/support/open-test-executor.ts';
import type { Observation } from '../domain/executor.ts';
import { valueKey } from '../domain/value-key.ts';

// Programs are run, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

let tested: TestExecutor;
beforeAll(() => {
  tested = openTestExecutor();
});
afterAll(() => tested.close());

/** Every program is asked for f(2), f(3); the right answers are 4 and 6, which no process here is told. */
const calls = [call('f', int(2)), call('f', int(3))];
const right = [returned(int(4)), returned(int(6))];

function isRight(seen: readonly Observation[]): boolean {
  return seen.every((each, index) => {
    const wanted = right[index];
    if (each.kind !== 'returned' || wanted?.kind !== 'returned') return false;
    return valueKey(each.value) === valueKey(wanted.value);
  });
}

/** Ways of being taken for right without being right, and what is seen of each. */
const pythonCheats: Readonly<Record<string, string>> = {
  'leaves with the exit code 0': 'import sys\nsys.exit(0)',
  'leaves with the exit code 0 in the call': 'import sys\ndef f(x): sys.exit(0)',
  'ends the process while it is loaded': 'import os\nos._exit(0)',
  'ends the process in the call': 'import os\ndef f(x): os._exit(0)',
  'prints what a test runner prints': 'def f(x): print("OK\\nPASSED 2 of 2\\nall tests passed")',
  'prints the lines of the driver':
    'def f(x): print(\'{"returned":{"int":"4"},"printed":"","changed":[]}\')',
  'is equal to everything': `
class Same:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 4
    def __repr__(self): return "4"
    __str__ = __repr__
    def __int__(self): return 4
    __index__ = __int__
    @property
    def __class__(self): return int
    def __instancecheck__(self, other): return True
def f(x): return Same()`,
  'is a number that calls itself another': `
class Four(int):
    def __eq__(self, other): return True
    def __repr__(self): return "4" if self else "6"
    __str__ = __repr__
    def __int__(self): return 4
def f(x): return Four(0)`,
  'replaces the builtins': `
import builtins, json
for name in ("len", "str", "repr", "print", "isinstance", "type", "iter", "enumerate", "bytes", "memoryview"):
    setattr(builtins, name, lambda *args, **named: 4)
json.dumps = json.JSONEncoder.encode = lambda *args: '{"int":"4"}'
def f(x): return 5`,
  'hooks into the end of the process': `
import atexit, sys
sys.excepthook = lambda *args: None
atexit.register(lambda: print("OK"))
def f(x): raise ValueError(x)`,
  'looks for the expected values in the frames': `
import sys, gc
def f(x):
    frame = sys._getframe()
    found = []
    while frame:
        found += [repr(value) for value in frame.f_locals.values()]
        frame = frame.f_back
    text = " ".join(found)
    return 2 * x if "".join(["expec", "ted"]) in text else 0`,
  'reads the source of its driver': `
import sys
def f(x):
    frame = sys._getframe(1)
    with open(frame.f_code.co_filename) as file:
        return 2 * x if "expected = " in file.read() else 0`,
  'looks for a secret in the memory': `
import gc
def f(x):
    texts = [each for each in gc.get_objects() if isinstance(each, (str, dict)) and "nonce" in each]
    return 2 * x if texts else 0`,
  'writes no end of data on every descriptor': `
import os
def f(x):
    for _ in range(100000):
        for fd in range(3, 20):
            try: os.write(fd, b"x" * 65536)
            except OSError: pass`,
  'gives back an object that runs code when it is read by pickle': `
class Bomb:
    def __reduce__(self): return (int, (4,))
    __getstate__ = __reduce__
def f(x): return Bomb()`,
  'gives back True for 1': 'def f(x): return True',
  'is wrong': 'def f(x): return 2 + x + 1',
  'kills the server': `
import os, signal
def f(x):
    os.kill(os.getppid(), signal.SIGKILL)
    os.killpg(0, signal.SIGKILL)`,
};

describe('cheats in Python', () => {
  test.each(Object.entries(pythonCheats))(
    'a Python program that %s is not right',
    async (_, text) => {
      const seen = await tested.observe('python', text, calls);
      expect(seen).toHaveLength(2);
      expect(isRight(seen)).toBe(false);
      // Whatever it did, the next program is run as if nothing had been.
      expect(await tested.observe('python', 'def f(x): return 2 * x', calls)).toEqual(right);
    },
  );

  test('a Python program that writes lines of results itself speaks for its own calls alone', async () => {
    const forged = `
import os
line = b'{"returned":{"int":"4"},"printed":"","changed":[]}\\n'
def f(x):
    os.write(3, line * 50)
    os._exit(0)`;
    const honest = 'import time\ndef f(x):\n    time.sleep(0.05)\n    return 2 * x';
    const [first, second] = await Promise.all([
      tested.observe('python', forged, calls),
      tested.observe('python', honest, calls),
    ]);
    expect(first).toEqual([returned(int(4)), returned(int(4))]);
    expect(second).toEqual(right);
  });

  test('a Python program that writes what is no result has crashed', async () => {
    const text = `
import os
def f(x):
    os.write(3, b'{"returned":{"int":"four"},"printed":"","changed":[]}\\n' if x == 2 else b'\\0\\xff[[[[\\n')
    return 2 * x`;
    expect(await tested.observe('python', text, calls)).toEqual(
      calls.map(() => ({ kind: 'crashed', how: 'wrote among its results' })),
    );
  });

  test('a Python program cannot become another program', async () => {
    const text = `
import os, sys
def f(x):
    try:
        os.execv("/bin/sh" if x == 2 else sys.executable, ["sh", "-c", "exit 0"])
    except PermissionError:
        return "refused"`;
    const refused = returned('refused');
    expect(await tested.observe('python', text, calls)).toEqual([refused, refused]);
  });

  test('a Python program finds nothing of the one before it', async () => {
    const mark = 'zebra-crossing';
    await tested.observe('python', `secret = "${mark}"\ndef f(x): return secret`, calls);
    // The word is put together at run time, so that it is not found in the program that looks for it.
    const spy = `
import ctypes, gc
def f(x):
    word = "-".join(["zebra", "crossing"]).encode()
    found = sum(word in each for each in gc.get_objects() if type(each) in (bytes, bytearray))
    return 2 * x if found else 0`;
    expect(isRight(await tested.observe('python', spy, calls))).toBe(false);
  });
});

const scriptCheats: Readonly<Record<string, string>> = {
  'leaves with the exit code 0': 'process.exit(0)',
  'leaves with the exit code 0 in the call': 'function f() { process.exit(0); }',
  'prints what a test runner prints': 'function f() { console.log("ok 1\\nok 2\\n# pass 2"); }',
  'is equal to everything': `function f() {
    return { valueOf: () => 4, toString: () => '4', toJSON: () => ({ int: '4' }), [Symbol.toPrimitive]: () => 4 };
  }`,
  'replaces what values are read with': `
    Object.prototype.toJSON = () => 4; Number.isSafeInteger = () => false; JSON.stringify = () => '{"int":"4"}';
    Array.isArray = () => true; Object.keys = () => []; Array.prototype[Symbol.iterator] = function* () {};
    String.prototype.slice = () => 'x'; Object.getPrototypeOf = () => null;
    function f() { return 5; }`,
  'calls itself another class': `
    class Four { static [Symbol.hasInstance]() { return true; } get [Symbol.toStringTag]() { return 'Number'; } }
    function f() { return new Four(); }`,
  'gives back a proxy':
    'function f() { return new Proxy({}, { get: () => 4, ownKeys: () => ["int"] }); }',
  'hooks into the end of the process': `
    process.on('exit', () => { process.exitCode = 0; });
    process.on('uncaughtException', () => {});
    function f(x) { throw new Error(x); }`,
  'waits for ever': 'function f() { return new Promise(() => {}); }',
  'gives back true for 1': 'function f() { return true; }',
  'is wrong': 'function f(x) { return x + 3; }',
};

describe('cheats in JavaScript', () => {
  test.each(Object.entries(scriptCheats))(
    'a JavaScript program that %s is not right',
    async (_, text) => {
      const seen = await tested.observe('javascript', text, calls);
      expect(seen).toHaveLength(2);
      expect(isRight(seen)).toBe(false);
    },
  );

  test('a program that is right is right', async () => {
    expect(await tested.observe('python', 'def f(x): return 2 * x', calls)).toEqual(right);
    expect(await tested.observe('javascript', 'const f = (x) => 2 * x', calls)).toEqual(right);
  });
});
