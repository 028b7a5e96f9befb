import { afterAll, expect, test, vi } from 'vitest';
import { call, int, returned } from '../../../test/support/open-test-executor.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { Observation } from '../../domain/executor.ts';
import type { Call } from '../../domain/test-case.ts';
import { confinedSandbox } from '../../sandbox/confined-sandbox.ts';
import { noConfinement } from '../../sandbox/none/none.ts';
import { openExecutor } from '../open-executor.ts';

// Programs are run, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

/** Behaves as a system on which no fork can confine itself; the programs of these tests need no wall. */
const sandbox = confinedSandbox({ ...noConfinement(), level: 'seatbelt' });
const executor = openExecutor({
  sandbox: async () => ({ status: 'chosen', sandbox }),
  env: readEnvironment(),
  limits: { callWallMs: 2000 },
});
afterAll(() => executor.close());

function observe(text: string, calls: readonly Call[]): Promise<readonly Observation[]> {
  const program = { language: 'python', files: [{ path: null, language: null, text }] } as const;
  return executor.observe({ program, calls }, new AbortController().signal);
}

test('python runs each process by itself where forks cannot be confined', async () => {
  const program = 'import os\ndef f(x):\n    if x == 1: os._exit(3)\n    print(x)\n    return x';
  expect(await observe(program, [call('f', int(0)), call('f', int(1)), call('f', int(2))])).toEqual(
    [
      { ...returned(int(0)), printed: '0\n' },
      { kind: 'crashed', how: 'exit 3' },
      { ...returned(int(2)), printed: '2\n' },
    ],
  );
});

test('python runs a whole program by itself', async () => {
  const program = 'n = int(input())\nprint(n * 2)';
  const input = (stdin: string): Call => ({ kind: 'program', stdin });
  expect(await observe(program, [input('21\n'), input('x\n')])).toMatchObject([
    { kind: 'returned', value: null, printed: '42\n' },
    { kind: 'raised', error: 'ValueError', printed: '' },
  ]);
});

test('python ends a process by itself that waits for ever', async () => {
  expect(await observe('import time\ndef f(): time.sleep(60)', [call('f')])).toEqual([
    { kind: 'timed-out', limitMs: 2000 },
  ]);
});
