import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runConfined } from '../src/domain/run-confined.ts';
import {
  type ConfinedCommand,
  defaultSandboxLimits,
  type LevelRow,
  type Sandbox,
} from '../src/domain/sandbox.ts';
import { confinedSandbox } from '../src/sandbox/confined-sandbox.ts';
import { noConfinement } from '../src/sandbox/none/none.ts';
import { probeSandboxes } from '../src/sandbox/probe-sandboxes.ts';
import { selfTest } from '../src/sandbox/self-test.ts';
import { findPython } from '../src/sandbox/toolchains/find-python.ts';
import { nodeToolchain } from '../src/sandbox/toolchains/node-toolchain.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = await probeSandboxes({ cacheFolder: folder, allowsNone: false, deno: undefined });
const node = nodeToolchain();
const python = await findPython({ PATH: '/usr/bin:/bin:/usr/local/bin' });
const limits = { ...defaultSandboxLimits, wallMs: 20_000 };
const input = { input: '', signal: new AbortController().signal };

function command(script: string, changes: Partial<ConfinedCommand> = {}): ConfinedCommand {
  const { program, args, readable, env, addressSpace } = node;
  return {
    program,
    args: [...args, '-e', script],
    readable,
    cwd: '/usr/lib',
    env,
    processes: 'one',
    scratch: undefined,
    limits,
    addressSpace,
    ...changes,
  };
}

function shell(script: string, changes: Partial<ConfinedCommand> = {}): ConfinedCommand {
  const env = { PATH: '/usr/bin:/bin' };
  return command('', {
    program: '/bin/sh',
    args: ['-c', script],
    env,
    processes: 'many',
    ...changes,
  });
}

function scratch(): string {
  const path = mkdtempSync(join(folder, 'scratch-'));
  mkdirSync(path, { recursive: true });
  return path;
}

function sandboxOf(row: LevelRow): Sandbox {
  if (row.status === 'available') return row.sandbox;
  throw new Error(row.found);
}

test('probeSandboxes() gives a reason for each level that is missing', () => {
  expect(rows.map(({ level }) => level)).toEqual([
    'namespaces',
    'kernel',
    'seatbelt',
    'runtime',
    'none',
  ]);
  expect(rows.at(-1)).toMatchObject({ status: 'missing', because: 'not-allowed' });
});

test('selfTest() finds out a level that confines nothing', async () => {
  const found = await selfTest(confinedSandbox(noConfinement()), node, folder);
  expect(found).toBe('a program could change a file');
});

describe.each(rows.filter(({ level }) => level === 'namespaces' || level === 'kernel'))(
  'the level $level',
  (row) => {
    const found = row.status === 'missing' ? `${row.because}: ${row.found}` : '';
    const each = (title: string, run: (sandbox: Sandbox) => Promise<void>): void =>
      test(`${title}${found && ` (skipped: ${found})`}`, async (context) => {
        if (row.status === 'missing') context.skip(found);
        await run(sandboxOf(row));
      });

    each('runs a program with its input, and tells what it used', async (sandbox) => {
      const script = 'process.stdin.on("data", (text) => console.log(text * 6))';
      const run = await runConfined(sandbox, command(script), { ...input, input: '7' });
      expect(run).toMatchObject({ outcome: { status: 'exited', code: 0 }, stdout: '42\n' });
      expect(run.usage.cpuMs).toBeGreaterThan(0);
      expect(run.usage.maxRssKiB).toBeGreaterThan(1000);
    });

    each('tells a program that cannot be started from one that failed', async (sandbox) => {
      const none = await runConfined(sandbox, command('', { program: '/nowhere/node' }), input);
      expect(none.outcome).toMatchObject({ status: 'not-started' });
      const failed = await runConfined(sandbox, command('process.exit(126)'), input);
      expect(failed.outcome).toEqual({ status: 'exited', code: 126 });
    });

    each('ends a program at its limit of time', async (sandbox) => {
      const wall = command('setTimeout(() => {}, 60000)', { limits: { ...limits, wallMs: 500 } });
      const idle = await runConfined(sandbox, wall, input);
      expect(idle.outcome).toEqual({ status: 'timed-out' });
      const cpu = command('for (;;);', { limits: { ...limits, cpuSeconds: 1 } });
      const busy = await runConfined(sandbox, cpu, input);
      expect(busy.outcome).toEqual({ status: 'cpu-limit' });
      expect(busy.usage.cpuMs).toBeGreaterThan(700);
    });

    each('ends a program that writes without end, to stdout and to stderr', async (sandbox) => {
      for (const stream of ['stdout', 'stderr']) {
        const script = `const x = "x".repeat(65536); (function f() { process.${stream}.write(x, f) })()`;
        const run = await runConfined(sandbox, command(script), input);
        expect(run.outcome).toEqual({ status: 'output-limit' });
        expect(run.stdout.length).toBeLessThanOrEqual(limits.outputMaxBytes);
      }
    });

    each('does not start a program that is called off already', async (sandbox) => {
      const run = await runConfined(sandbox, command('console.log(1)'), {
        input: '',
        signal: AbortSignal.abort(),
      });
      expect(run).toMatchObject({ outcome: { status: 'aborted' }, stdout: '' });
    });

    each('ends a program when it is told to', async (sandbox) => {
      const stop = new AbortController();
      const chunks: Uint8Array[] = [];
      const program = sandbox.start(command('console.log(1); setTimeout(() => {}, 60000)'), {
        signal: stop.signal,
        onOutput: (chunk) => {
          chunks.push(chunk);
          stop.abort();
        },
      });
      expect((await program.ended).outcome).toEqual({ status: 'aborted' });
      expect(chunks).toHaveLength(1);
    });

    each('gives a job of many a scratch, and nothing else to write', async (sandbox) => {
      const path = scratch();
      const script = `cd ${path} && echo x > a && cat a && (echo y > ${folder}/b) 2>/dev/null || echo no`;
      const run = await runConfined(
        sandbox,
        shell(script, { scratch: { path, isKept: false } }),
        input,
      );
      expect(run.stdout).toBe('x\nno\n');
      expect(readdirSync(folder)).not.toContain('b');
    });

    each('keeps what a job wrote to a scratch that is kept', async (sandbox) => {
      const path = scratch();
      await runConfined(
        sandbox,
        shell(`echo x > ${path}/a`, { scratch: { path, isKept: true } }),
        input,
      );
      expect(readFileSync(join(path, 'a'), 'utf8')).toBe('x\n');
    });

    each('gives a scratch away, but not what its links lead to', async (sandbox) => {
      const path = scratch();
      const outside = join(scratch(), 'outside');
      mkdirSync(outside);
      symlinkSync(outside, join(path, 'link'));
      const before = statSync(outside).uid;
      await runConfined(sandbox, shell('true', { scratch: { path, isKept: true } }), input);
      expect(statSync(outside).uid).toBe(before);
    });

    each('ends a job that fills its scratch', async (sandbox) => {
      const path = scratch();
      const script = `i=0; while :; do i=$((i+1)); head -c 8000000 /dev/urandom > ${path}/$i || exit 9; done`;
      const run = await runConfined(
        sandbox,
        shell(script, { scratch: { path, isKept: true } }),
        input,
      );
      expect(run.outcome).toEqual({ status: 'disk-limit' });
    });

    each('leaves no process of a job behind', async (sandbox) => {
      const mark = `sleep 98${process.pid % 1000}${row.level.length}`;
      const script = `(${mark} & ${mark} & (nohup ${mark} >/dev/null 2>&1 &)) ; echo started`;
      const run = await runConfined(sandbox, shell(script), input);
      expect(run.stdout).toBe('started\n');
      const left = execFileSync('/bin/ps', ['-A', '-o', 'args='], { encoding: 'utf8' });
      expect(left.split('\n').filter((line) => line.trim() === mark)).toEqual([]);
    });

    each('bounds the processes of a job', async (sandbox) => {
      const script = 'i=0; while [ $i -lt 300 ]; do sleep 30 & i=$((i+1)); done; echo all';
      const run = await runConfined(sandbox, shell(script), input);
      expect(run.stdout).not.toContain('all');
    });

    each('lets a server confine each process that it starts', async (sandbox) => {
      if (!python) return;
      const { program, args, readable, addressSpace } = python;
      const script = new URL('sandbox/server.py', import.meta.url).pathname;
      const assets = new URL('../sandbox', import.meta.url).pathname;
      const inner = command('', {
        program,
        readable,
        addressSpace,
        limits: { ...limits, memoryMiB: 256 },
      });
      const policy = sandbox.policyOf(inner) ?? [];
      const server = command('', {
        program,
        args: [...args, script, assets, ...policy],
        readable: [...readable, script, assets],
        cwd: dirname(script),
        processes: 'server',
        addressSpace,
      });
      const named = { ...server, readable: [...server.readable, dirname(script)] };
      const run = await runConfined(sandbox, named, input);
      expect(run.stdout).toBe('0 answer 42 could []\n1 answer 42 could []\n');
    });
  },
);
