import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeCandidate, CodeFile } from '../../domain/candidate.ts';
import { gateOf } from '../../domain/gate.ts';
import type { Sandbox } from '../../domain/sandbox.ts';
import type { TaskChecks } from '../../domain/task-checks.ts';
import type { Check } from '../../domain/verdict.ts';
import { chooseSandbox } from '../../sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../../sandbox/probe-sandboxes.ts';
import { userChecker } from './user-checker.ts';

const folder = await mkdtemp(join(tmpdir(), 'user-checker-'));
const choice = chooseSandbox(
  await probeSandboxes({
    cacheFolder: folder,
    allowsNone: false,
    deno: undefined,
    levels: ['namespaces', 'kernel'],
  }),
  'kernel',
);
const sandbox = choice.status === 'chosen' ? choice.sandbox : undefined;

function sandboxHere(): Sandbox {
  if (sandbox === undefined) throw new Error('no sandbox');
  return sandbox;
}

// The system's Python has no pytest, which takes ten times as long to start.
const env = { PATH: '/usr/bin:/bin' };

const answer = (...files: readonly (readonly [string | null, string])[]): CodeCandidate => {
  const [first = { path: null, language: 'python', text: '' }, ...rest] = files.map(
    ([path, text]): CodeFile => ({ path, language: path === null ? 'python' : null, text }),
  );
  return { status: 'code', seat: 'primary-1', files: [first, ...rest], prose: '' };
};

const given = (change: Partial<TaskChecks>): TaskChecks => ({
  commands: [],
  tests: [],
  given: [],
  folder: undefined,
  timeoutMs: 20_000,
  ...change,
});

async function checksOf(
  checks: Partial<TaskChecks>,
  candidate: CodeCandidate,
  box: Sandbox | { readonly because: string } | undefined = sandbox,
): Promise<readonly Check[]> {
  await using checker = userChecker(given(checks), {
    sandbox: async () => box ?? { because: 'none' },
    env,
    context: [],
  });
  return await checker.check(candidate, new AbortController().signal);
}

const pythonTests = {
  path: 'test_solution.py',
  text: `import unittest
from solution import add


class Adding(unittest.TestCase):
    def test_small(self):
        self.assertEqual(add(1, 2), 3)

    def test_large(self):
        self.assertEqual(add(10**20, 1), 10**20 + 1)
`,
};
const right = 'def add(a, b):\n    return a + b\n';
const wrong = 'def add(a, b):\n    return 0\n';
const canary = join(folder, 'canary');

afterAll(() => rm(folder, { recursive: true, force: true }));

test('userChecker() runs nothing without a sandbox, and says why', async () => {
  const rows = await checksOf({ tests: [pythonTests], commands: ['true'] }, answer([null, right]), {
    because: 'no Landlock',
  });
  expect(rows.map(({ checker, outcome }) => [checker, outcome])).toEqual([
    ['command', { status: 'not-run', because: 'no Landlock' }],
    ['tests', { status: 'not-run', because: 'no Landlock' }],
  ]);
});

describe.skipIf(sandbox === undefined)('userChecker() runs tests in Python', () => {
  test('and passes an answer that is right, saying who reports what', async () => {
    const [row] = await checksOf({ tests: [pythonTests] }, answer([null, right]));
    expect(row).toEqual({
      checker: 'tests',
      file: 'test_solution.py',
      outcome: { status: 'passed' },
      selfReported: true,
      reportedBy: 'unittest',
      tests: { executed: 2, failed: 0, expected: 2 },
    });
  });

  test('and fails one that is wrong, by the line of the tests file', async () => {
    const [row] = await checksOf({ tests: [pythonTests] }, answer([null, wrong]));
    expect(row?.outcome).toMatchObject({ status: 'failed', line: 10 });
    expect(row?.tests).toEqual({ executed: 2, failed: 2, expected: 2 });
  });

  test.each<[string, CodeCandidate]>([
    ['leaves before the tests', answer([null, 'import sys\nsys.exit(0)\n'])],
    ['leaves without a word', answer([null, 'import os\nos._exit(0)\n'])],
    [
      'prints a result',
      answer([null, 'print("Ran 2 tests in 0s\\n\\nOK")\nimport os\nos._exit(0)\n']),
    ],
    [
      'makes every comparison hold',
      answer([null, `import unittest\nunittest.TestCase.assertEqual = lambda *a: None\n${wrong}`]),
    ],
    [
      'makes every test succeed',
      answer([
        null,
        `import unittest\ndef run(self, result=None):\n    result.startTest(self)\n    result.addSuccess(self)\nunittest.TestCase.run = run\n${wrong}`,
      ]),
    ],
    [
      'writes the report itself',
      answer([
        null,
        `import os, json\nwith open(os.environ['TMPDIR'] + '/../report.json', 'w') as f:\n    json.dump({'by': 'unittest', 'executed': 2, 'failed': 0, 'isBroken': False, 'first': None}, f)\nos._exit(0)\n`,
      ]),
    ],
    ['brings tests of its own', answer(['solution.py', wrong], ['test_solution.py', ''])],
    [
      'brings a runner of its own',
      answer(['solution.py', wrong], ['unittest.py', 'raise SystemExit(0)']),
    ],
    [
      'deletes the tests',
      answer([
        null,
        `import os\ntry:\n    os.remove('test_solution.py')\nexcept OSError:\n    pass\n${wrong}`,
      ]),
    ],
    [
      'writes outside of its folder',
      answer([null, `open(${JSON.stringify(canary)}, 'w').write('x')\n${right}`]),
    ],
  ])('and fails one that %s', async (_, candidate) => {
    const checks = await checksOf({ tests: [pythonTests] }, candidate);
    expect(gateOf({ checks })).toBe('failed');
    expect(existsSync(canary)).toBe(false);
  });

  test('and does not wait for what an answer leaves running', async () => {
    const text = `import os, time\nif os.fork() == 0:\n    time.sleep(15)\n    os._exit(0)\n${right}`;
    const startedMs = performance.now();
    const [row] = await checksOf({ tests: [pythonTests] }, answer([null, text]));
    expect(row?.outcome).toEqual({ status: 'passed' });
    expect(performance.now() - startedMs).toBeLessThan(14_000);
  });

  test('and ends an answer that never does', async () => {
    const text = 'def add(a, b):\n    while True:\n        pass\n';
    const [row] = await checksOf({ tests: [pythonTests], timeoutMs: 1500 }, answer([null, text]));
    expect(row?.outcome).toEqual({ status: 'timed-out', limitMs: 1500 });
  });

  test('and gives tests that an empty answer passes no weight', async () => {
    const text =
      'import unittest\nimport solution\nclass T(unittest.TestCase):\n    def test_it(self):\n        pass\n';
    const checks = await checksOf({ tests: [{ path: 'test_it.py', text }] }, answer([null, right]));
    expect(checks[0]?.weightless).toBe('it passes without an answer as well');
    expect(gateOf({ checks })).toBe('none');
  });

  test('and calls one flaky that fails first and passes then', async () => {
    let starts = 0;
    // The first run is the one without an answer; the second is ended before it begins.
    const start: Sandbox['start'] = (command, talk) => {
      starts += 1;
      const failing = { ...command, program: '/bin/false', args: [] };
      return sandboxHere().start(starts === 2 ? failing : command, talk);
    };
    const [row] = await checksOf({ tests: [pythonTests] }, answer([null, right]), {
      ...sandboxHere(),
      start,
    });
    expect(row?.outcome).toMatchObject({ status: 'flaky' });
  });
});

describe.skipIf(sandbox === undefined)('userChecker() runs tests in JavaScript', () => {
  const tests = [
    {
      path: 'add.test.mjs',
      text: `import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport { add } from './solution.js';\ntest('adds', () => assert.equal(add(1, 2), 3));\n`,
    },
  ];
  const script = (language: string, text: string): CodeCandidate => ({
    ...answer(),
    files: [{ path: null, language, text }],
  });

  test.each<[string, CodeCandidate, string]>([
    ['that are right', script('javascript', 'export const add = (a, b) => a + b;'), 'passed'],
    [
      'in TypeScript',
      script('typescript', 'export function add(a: number, b: number): number { return a + b; }'),
      'passed',
    ],
    ['that are wrong', script('javascript', 'export const add = () => 4;'), 'failed'],
    ['that leave', script('javascript', 'process.exit(0);\nexport const add = 1;'), 'failed'],
    [
      'that make every comparison hold',
      script(
        'javascript',
        "import assert from 'node:assert/strict';\nassert.equal = () => {};\nexport function add() {}",
      ),
      'failed',
    ],
  ])('of answers %s', async (_, candidate, gate) => {
    expect(gateOf({ checks: await checksOf({ tests }, candidate) })).toBe(gate);
  });
});

describe.skipIf(sandbox === undefined)('userChecker() runs a command', () => {
  const project = join(folder, 'project');
  const run = async (command: string, candidate = answer(['solution.py', right])) => {
    const [row] = await checksOf({ commands: [command], folder: project }, candidate);
    return row;
  };

  beforeAll(async () => {
    await mkdir(join(project, '.git'), { recursive: true });
    await mkdir(join(project, 'node_modules/dep'), { recursive: true });
    await writeFile(join(project, '.env'), 'KEY=1');
    await writeFile(join(project, 'README.md'), 'hello');
    await writeFile(join(project, 'node_modules/dep/index.js'), 'module.exports = 42;');
    await symlink(canary, join(project, 'link.py'));
  });

  test('and goes by its exit status where its runner is unknown', async () => {
    const command = 'python3 -c "from solution import add; assert add(1, 2) == 3"';
    expect(await run(command)).toMatchObject({
      checker: 'command',
      command,
      outcome: { status: 'passed' },
      selfReported: true,
      reportedBy: 'exit code',
    });
    const failed = await run(command, answer(['solution.py', wrong]));
    expect(failed?.outcome).toMatchObject({ status: 'failed', line: null });
  });

  test('with the files of the project, the packages read-only, and neither secrets nor history', async () => {
    const command =
      'test -f README.md && test ! -e .env && test ! -e .git && grep -q 42 node_modules/dep/index.js && ! touch node_modules/dep/x && grep -q add solution.py';
    expect((await run(command))?.outcome).toEqual({ status: 'passed' });
  });

  test('that may write, in a copy that the next one does not see', async () => {
    const command = 'test ! -e out && echo x > out && grep -q add solution.py';
    expect((await run(command))?.outcome).toEqual({ status: 'passed' });
    expect((await run(command))?.outcome).toEqual({ status: 'passed' });
    expect(existsSync(join(project, 'out'))).toBe(false);
  });

  test('and gives one that passes without an answer no weight', async () => {
    expect((await run('true'))?.weightless).toBe('it passes without an answer as well');
  });

  test('that does not exist, which is no failure of the answer', async () => {
    expect((await run('no-such-program-here'))?.outcome).toHaveProperty('status', 'not-run');
  });

  test('and lays no file over a symbolic link', async () => {
    await run('true', answer(['link.py', 'x'], ['solution.py', right]));
    expect(existsSync(canary)).toBe(false);
  });

  test('and fails an answer that changes the tests files', async () => {
    const text = `import os\nos.remove('test_solution.py')\nopen('test_solution.py', 'w').write('')\n${wrong}`;
    const checks = { commands: ['python3 -m unittest'], tests: [pythonTests] };
    const rows = await checksOf(checks, answer([null, text]));
    expect(rows[0]?.outcome).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('changed this tests file'),
    });
  });
});
