import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installRuntime } from '../../src/app/install-runtime.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { Executor, Observation } from '../../src/domain/executor.ts';
import type { LevelRow } from '../../src/domain/sandbox.ts';
import type { Call } from '../../src/domain/test-case.ts';
import type { Value } from '../../src/domain/value.ts';
import { openExecutor } from '../../src/executors/open-executor.ts';
import { packageFile } from '../../src/lib/package-file.ts';
import { chooseSandbox } from '../../src/sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../../src/sandbox/probe-sandboxes.ts';
import { findRuntimeParts, type RuntimeParts } from '../../src/sandbox/runtime/runtime-parts.ts';
import type { ProbeReport } from './run-probes.ts';

const never = new AbortController().signal;
const { CI, ...env } = readEnvironment();
/** Kept between runs of the tests: it has 102 MB. */
const dataHome = fileURLToPath(new URL('../../node_modules/.cache/sandbox', import.meta.url));
const installed = await installRuntime({ env: { ...env, XDG_DATA_HOME: dataHome }, signal: never });
const lack = installed.status === 'failed' ? installed.message : undefined;
if (lack !== undefined && CI) throw new Error(lack);

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

describe.skipIf(lack !== undefined)(`the level runtime${lack ? `, skipped: ${lack}` : ''}`, () => {
  let parts: RuntimeParts;
  let rows: readonly LevelRow[];
  let folder = '';
  let executor: Executor;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runtime-'));
    parts = await findRuntimeParts(join(dataHome, 'multi-model-orchestrator'), { PATH: '' });
    rows = await probeSandboxes({
      cacheFolder: folder,
      allowsNone: false,
      deno: parts.deno,
      levels: ['runtime'],
    });
    executor = openExecutor({
      sandbox: async () => chooseSandbox(rows, 'runtime'),
      env: {},
      runtime: async () => parts,
      // Starting wasm for each call anew takes long on a busy machine, and is not what is tested.
      limits: { callWallMs: 4000, jobCpuMs: 120_000, jobWallMs: 240_000 },
    });
  });
  afterAll(async () => {
    await executor.close();
    await rm(folder, { recursive: true, force: true });
  });

  const observe = (
    language: string,
    text: string,
    calls: readonly Call[],
  ): Promise<readonly Observation[]> =>
    executor.observe(
      { program: { language, files: [{ path: null, language, text }] }, calls },
      never,
    );
  const called = (name: string, ...args: readonly Value[]): Call => ({ kind: 'call', name, args });
  const kinds = (observations: readonly Observation[]): readonly string[] =>
    observations.map((each) => {
      if (each.kind === 'returned') return JSON.stringify(each.value);
      if (each.kind === 'raised') return each.error;
      return each.kind === 'crashed' ? each.how : each.kind;
    });

  test('passes its self-test', () => {
    expect(rows).toMatchObject([{ level: 'runtime', status: 'available' }]);
  });

  test.each([
    [
      'javascript',
      'const add = (a, b) => { console.log(a); return a + b }; const bad = () => [].x.y;',
    ],
    [
      'typescript',
      'export const add = (a: number, b: number): number => { console.log(a); return a + b };\nexport const bad = (): never => { throw new TypeError("x") };',
    ],
    [
      'python',
      'def add(a, b):\n  print(a)\n  return a + b\n\ndef bad():\n  raise TypeError("x")\n',
    ],
  ])('makes calls on %s', async (language, text) => {
    const calls = [called('add', { int: '1' }, { int: '2' }), called('bad')];
    expect(await observe(language, text, calls)).toMatchObject([
      { kind: 'returned', value: { int: '3' }, printed: '1\n', changed: [] },
      { kind: 'raised', error: 'TypeError' },
    ]);
  });

  test.each([
    ['javascript', 'process.stdout.write(require("fs").readFileSync(0, "utf8").toUpperCase())'],
    ['python', 'import sys\nprint(sys.stdin.read().upper(), end="")\n'],
  ])('runs a whole program of %s', async (language, text) => {
    expect(await observe(language, text, [{ kind: 'program', stdin: 'one\ntwo' }])).toMatchObject([
      { kind: 'returned', printed: 'ONE\nTWO' },
    ]);
  });

  test('lets Python wait without threads or sockets', async () => {
    const text =
      'import asyncio\nasync def f(n):\n  await asyncio.sleep(0.01)\n  return n\nasync def g():\n  return await asyncio.gather(f(1), f(2))\n';
    expect(kinds(await observe('python', text, [called('g')]))).toEqual([
      '{"list":[{"int":"1"},{"int":"2"}]}',
    ]);
  });

  test('goes on after calls that end their process, whatever the language', async () => {
    const calls = ['ok', 'leave', 'hold', 'loop', 'ok'].map((name) => called(name));
    const script = `const ok = () => 1; const leave = () => process.exit(0); const loop = () => { for (;;); };
      const hold = () => { const held = []; for (;;) held.push(new Uint8Array(1 << 26).fill(1)); };`;
    expect(kinds(await observe('javascript', script, calls))).toEqual([
      '{"int":"1"}',
      'exit 0',
      'out of memory',
      'timed-out',
      '{"int":"1"}',
    ]);
    const text = `import os\ndef ok(): return 1\ndef leave(): os._exit(0)\ndef hold(): return len(bytearray(1 << 30))\ndef loop():\n  while True: pass\n`;
    expect(kinds(await observe('python', text, calls))).toEqual([
      '{"int":"1"}',
      'exit 0',
      'MemoryError',
      // What the call before it held may be seen first.
      expect.stringMatching(/^(?:timed-out|out of memory)$/),
      '{"int":"1"}',
    ]);
  });

  test('leaves nothing of one program for the next', async () => {
    const text = `const put = async () => { localStorage.setItem('a', 'kept'); };
      const store = async () => { const at = await caches.open('a'); await at.put('http://a/b', new Response('kept')); };`;
    const [put, store] = await observe('javascript', text, [called('put'), called('store')]);
    expect([put?.kind, store?.kind]).toEqual(['raised', 'raised']);
  });

  test('lets a program read none of our files, so that it can change none', async () => {
    const driver = packageFile('drivers/javascript/main.cjs');
    const text = `const fs = require('fs'); const read = (path) => fs.readFileSync(path, 'utf8');
      const change = (path) => fs.fchmodSync(fs.openSync(path, 'r'), 0o600);`;
    const calls = [called('read', driver), called('change', driver), called('read', '/etc/passwd')];
    expect(kinds(await observe('javascript', text, calls))).toEqual(Array(3).fill('NotCapable'));
  });

  test('holds every probe of JavaScript', async () => {
    const args = [here('run-probes.ts'), `runtime=${parts.deno?.path}`, 'javascript', 'one'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
    const report = JSON.parse(stdout) as ProbeReport;
    const open = 'rows' in report ? report.rows.filter(({ result }) => result !== 'blocked') : [];
    // A job with a link that leads out is refused, and the mode of what a job may read can be changed.
    expect(open.map(({ name, result }) => [name, result])).toEqual(
      expect.arrayContaining([
        ['link_in_job', 'not-run'],
        ['change_mode_by_descriptor', 'escaped'],
      ]),
    );
    expect(open).toHaveLength(2);
  });

  test('holds every probe of Python', async () => {
    const probes = await readFile(here('probes.py'), 'utf8');
    const listed = execFileSync('python3', ['-I', here('probes.py'), 'list'], { encoding: 'utf8' });
    const names = (JSON.parse(listed) as { readonly name: string }[]).map(({ name }) => name);
    const quick = openExecutor({
      sandbox: async () => chooseSandbox(rows, 'runtime'),
      env: {},
      runtime: async () => parts,
      limits: { callWallMs: 1000, timeoutsMax: names.length, jobWallMs: 600_000 },
    });
    const words = JSON.stringify({
      scratch: '/tmp',
      home: folder,
      hidden: folder,
      job: '/drivers',
      outside: folder,
      own: here('probes.py'),
      parent: process.pid,
      tcp: 9,
      http: 9,
      unix: '/run/x',
    });
    const text = `${withoutForeignCode}\n${probes}\nP = json.loads(${JSON.stringify(words)})\n${attempt}`;
    const observations = await quick.observe(
      {
        program: { language: 'python', files: [{ path: null, language: 'python', text }] },
        calls: names.map((name) => called('attempt', name)),
      },
      never,
    );
    await quick.close();
    const said = names.map((name, at) => [name, JSON.stringify(observations[at])] as const);
    expect(said[0]?.[1]).toContain('blocked');
    const escaped = said.filter(([name, seen]) => seen.includes('ESCAPED') && !emulated.has(name));
    expect(escaped).toEqual([]);
    expect(said.filter(([, seen]) => seen.includes('blocked')).length).toBeGreaterThan(60);
    expect(said.filter(([, seen]) => seen.includes('not-run'))).toEqual([]);
  });
});

/** What these find is WebAssembly's own: files and descriptors in its memory, and a system of one process. */
const emulated = new Set([
  ...['write_tmp', 'write_shm', 'write_job', 'scratch_without_end', 'file_without_end'],
  ...['descriptors_without_end', 'processes_listed', 'new_session', 'score_of_out_of_memory'],
]);

const attempt = `
def attempt(name):
    try:
        result = PROBES[name]["run"]()
        return "ESCAPED %s" % (result,) if result else "blocked"
    except BaseException as error:
        return "blocked %r" % error
`;

/** This Python calls no functions of other libraries, so that probes by system calls have nothing to try. */
const withoutForeignCode = `
import sys, types

class Refusing:
    def __call__(self, *_):
        raise OSError(1, "there are no system calls")

    def __getattr__(self, name):
        return Refusing()

ctypes = types.ModuleType("ctypes")
ctypes.__getattr__ = lambda name: Refusing() if name != "CDLL" else lambda *_, **__: Refusing()
sys.modules["ctypes"] = ctypes
`;
