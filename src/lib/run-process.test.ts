import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { leftRunning } from '../testing/fake-cli/left-running.ts';
import { listProcesses } from './process-list.ts';
import { type ProcessEnd, type ProcessRequest, runProcess } from './run-process.ts';

const PATH = '/usr/local/bin:/usr/bin:/bin';
const abortMaxMs = 1000;

interface Ran {
  readonly end: ProcessEnd;
  readonly text: string;
}

/** Runs a shell script; the abort comes with the text, so that nothing depends on how fast the machine is. */
async function run(
  script: string,
  change: Partial<ProcessRequest> & { readonly abortAt?: string } = {},
): Promise<Ran> {
  const controller = new AbortController();
  const { abortAt, ...request } = change;
  let text = '';
  const end = await runProcess({
    command: ['/bin/sh', '-c', script],
    env: { PATH },
    cwd: tmpdir(),
    input: '',
    signal: controller.signal,
    onText: (piece) => {
      text += piece;
      if (abortAt !== undefined && text.includes(abortAt)) controller.abort();
    },
    ...request,
  });
  return { end, text };
}

/** The environment that shows afterwards whether a process is left. */
function marked(): { readonly mark: string; readonly env: Readonly<Record<string, string>> } {
  const mark = randomUUID();
  return { mark, env: { PATH, TEST_MARK: mark } };
}

describe.skipIf(process.platform === 'win32')('runProcess()', () => {
  test('gives the input to stdin and closes it', async () => {
    const input = `häé 🥊\n${'x'.repeat(300_000)}`;
    expect(await run('cat', { input })).toEqual({
      end: { status: 'exited', code: 0, stderr: '' },
      text: input,
    });
  });

  test('shows the program no variable but those given, and its own mark', async () => {
    const { text } = await run('env', { env: { PATH, GIVEN: 'yes' } });
    const names = text.split('\n').map((line) => line.split('=')[0]);
    expect(
      names.filter((name) => !['', 'PWD', 'SHLVL', '_', 'OLDPWD'].includes(name ?? '')),
    ).toEqual(expect.arrayContaining(['GIVEN', 'ORCHESTRATOR_PROCESS', 'PATH']));
    expect(names).not.toContain('HOME');
  });

  test('loses no output of programs that end at once, many at a time', async () => {
    const texts = await Promise.all(Array.from({ length: 40 }, () => run('echo told')));
    expect(texts.map(({ text }) => text)).toEqual(Array.from({ length: 40 }, () => 'told\n'));
  });

  test('tolerates a program that ends before it has read its input', async () => {
    const { end } = await run('exit 3', { input: 'x'.repeat(5_000_000) });
    expect(end).toEqual({ status: 'exited', code: 3, stderr: '' });
  });

  test('never gives half a character, wherever the output is cut', async () => {
    const pieces: string[] = [];
    const script = String.raw`printf '\360\237'; sleep 0.05; printf '\245\212\303'; sleep 0.05; printf '\251'`;
    await run(script, { onText: (piece) => pieces.push(piece) });
    expect(pieces.join('')).toBe('🥊é');
    expect(pieces.join('')).not.toContain('\ufffd');
  });

  test('keeps the end of stderr', async () => {
    const script = 'head -c 300000 /dev/zero | tr "\\0" a >&2; echo last >&2; exit 1';
    const { end } = await run(script);
    expect(end).toMatchObject({ status: 'exited', code: 1 });
    const stderr = 'stderr' in end ? end.stderr : '';
    expect(stderr.length).toBe(64 * 1024);
    expect(stderr.endsWith('aaalast\n')).toBe(true);
  });

  test('tells the signal that ended the program', async () => {
    expect((await run('kill -SEGV $$')).end).toMatchObject({
      status: 'signalled',
      signal: 'SIGSEGV',
    });
  });

  test.each<[string, readonly [string, ...string[]], string]>([
    ['there is no such program', ['no-such-program-here'], 'not-found'],
    ['the file is no program', ['/etc/passwd'], 'not-executable'],
    ['an argument is too long', ['/bin/echo', 'x'.repeat(200_000)], 'arguments-too-long'],
    ['an argument has a NUL', ['/bin/echo', 'a\0b'], 'other'],
  ])('says so when %s', async (_case, command, because) => {
    expect((await run('', { command })).end).toMatchObject({ status: 'not-started', because });
  });

  test('starts nothing for a signal that has aborted', async () => {
    const { end } = await run('', {
      command: ['no-such-program-here'],
      signal: AbortSignal.abort(),
    });
    expect(end.status).toBe('aborted');
  });

  test('ends a program that floods, and takes no more than the bound', async () => {
    const { env, mark } = marked();
    const { end, text } = await run('yes', { env, maxBytes: 1_000_000 });
    expect(end).toMatchObject({ status: 'flooded', maxBytes: 1_000_000 });
    expect(text.length).toBeLessThanOrEqual(1_000_000);
    expect(await leftRunning(mark)).toEqual([]);
  });

  test('keeps both ends of the output of a program that floods', async () => {
    const script = 'echo first; yes | head -c 1000000; echo last; sleep 600';
    const { end } = await run(script, { maxBytes: 1_000_006 });
    expect(end).toMatchObject({
      excerpt: expect.stringMatching(/^first\ny.*characters.*y\nlast/s),
    });
  });

  test('lets eight times as much pass a taker that does not hold it', async () => {
    const bounds = { maxBytes: 1_000_000, heldBytes: () => 0 };
    expect((await run('yes | head -c 8000000', bounds)).end.status).toBe('exited');
    expect((await run('yes | head -c 8000001; sleep 600', bounds)).end).toMatchObject({
      status: 'flooded',
      maxBytes: 8_000_000,
    });
  });

  test('ends a program of whose output too much is held', async () => {
    const end = await run('echo one; sleep 600', { maxBytes: 3, heldBytes: () => 4 });
    expect(end).toMatchObject({ end: { status: 'flooded', maxBytes: 3 } });
  });

  test('counts a flood on stderr too', async () => {
    const { end } = await run('yes >&2', { maxBytes: 1_000_000 });
    expect(end).toMatchObject({ status: 'flooded' });
  });

  test('rejects with what the taker of the text threw, and ends the program', async () => {
    const { env, mark } = marked();
    const onText = (): never => {
      throw new RangeError('enough');
    };
    await expect(run('echo hello; sleep 600', { env, onText })).rejects.toThrow('enough');
    expect(await leftRunning(mark)).toEqual([]);
  });

  test.each([
    ['hangs', 'echo ready; sleep 600'],
    ['hangs with its input unread', 'echo ready; exec sleep 600 < /dev/zero'],
    ['takes no notice of TERM', 'trap "" TERM; echo ready; while :; do sleep 600; done'],
    ['has a child in a session of its own', 'setsid sleep 600 & echo ready; wait'],
    [
      'has a grandchild without parent, in a session of its own, deaf to TERM, that holds stdout',
      `trap "" TERM; setsid sh -c '(sleep 600 &)'; echo ready; sleep 600`,
    ],
  ])(
    'leaves nothing behind within a second of an abort when the program %s',
    async (_case, script) => {
      const { env, mark } = marked();
      let abortedAtMs = 0;
      const controller = new AbortController();
      const { end } = await run(script, {
        env,
        signal: controller.signal,
        onText: () => {
          abortedAtMs = performance.now();
          controller.abort();
        },
      });
      expect(end.status).toBe('aborted');
      expect(performance.now() - abortedAtMs).toBeLessThan(abortMaxMs);
      expect(await leftRunning(mark)).toEqual([]);
    },
  );

  test('waits for no orphan that holds stdout when the program has ended, and ends it', async () => {
    const { env, mark } = marked();
    const script = `(trap "" TERM; setsid sh -c 'sleep 600 &'); echo whole; exit 0`;
    const { end, text } = await run(script, { env });
    expect({ end, text }).toEqual({
      end: { status: 'exited', code: 0, stderr: '' },
      text: 'whole\n',
    });
    expect(await leftRunning(mark)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux').each([
    ['tells of its end', '', 'exit 7', { status: 'exited', code: 7 }],
    ['dies by a signal', '', 'kill -ABRT $$', { status: 'signalled', signal: 'SIGABRT' }],
    ['is aborted', 'daemon', 'sleep 600', { status: 'aborted' }],
  ])(
    'ends a daemon that has left everything behind, its environment included, when the program %s',
    async (_case, abortAt, script, end) => {
      const options = abortAt === '' ? {} : { abortAt };
      const ran = await run(`${startDaemon}; ${script}`, options);
      expect(ran.end).toMatchObject(end);
      expect(await daemonsLeft(ran.text)).toEqual([]);
    },
  );

  test.skipIf(process.platform !== 'linux')(
    'shows the program the same with and without a foster parent',
    async () => {
      // Of grep itself: the shell holds signals off for the moment in which it starts one.
      const script =
        'ls /proc/self/fd; cat; ulimit -a; grep Sig[BIC] /proc/self/status; env | sort; exit 9';
      const without = { PERL5LIB: '/nowhere' };
      const asked = { input: 'told\n' };
      const odd = { PATH, LC_ALL: 'xx_XX', 'A-B': 'x=y \\ \n', EMPTY: '' };
      const [one, other] = await Promise.all([
        run(script, { ...asked, env: odd }),
        run(script, { ...asked, env: { ...odd, ...without } }),
      ]);
      const plain = (text: string): string =>
        text.replace('PERL5LIB=/nowhere\n', '').replace(/(ORCHESTRATOR_PROCESS)=.*/, '$1');
      expect({ end: one.end, text: plain(one.text) }).toEqual({
        end: { status: 'exited', code: 9, stderr: '' },
        text: plain(other.text),
      });
      expect((await run('ps -o pid=,pgid=,sid= -p $$')).text).toMatch(/^ *(\d+) +\1 +\1\n$/);
    },
  );

  test.skipIf(process.platform !== 'linux')(
    'leaves nothing behind when this process is killed',
    async () => {
      const { env, mark } = marked();
      const folder = await mkdtemp(join(tmpdir(), 'killed-'));
      const script = `setsid sh -c '(sleep 600 &)'; ${startDaemon}; echo ready; sleep 600`;
      const owner = spawn(process.execPath, ['--input-type=module', '-e', ownerProgram], {
        env: {
          ...env,
          REQUEST: JSON.stringify({
            command: ['/bin/sh', '-c', script],
            env,
            folder,
            cwd: '/',
            input: '',
          }),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [told] = await once(owner.stdout, 'data');
      expect(await daemonsLeft(String(told))).toHaveLength(1);
      expect((await leftRunning(mark)).length).toBeGreaterThan(2);
      owner.kill('SIGKILL');
      await vi.waitUntil(async () => (await leftRunning(mark)).length === 0, { timeout: 5000 });
      expect(await daemonsLeft(String(told))).toEqual([]);
      await vi.waitUntil(() => !existsSync(folder), { timeout: 5000 });
    },
  );
});

/** Shell words that start a daemon which has lost its parent, session and environment, and tell its id. */
const startDaemon = `echo "daemon $(setsid -f env -i sh -c 'echo $$; exec sleep 600 > /dev/null 2>&1')"`;

/** Those of the daemons of which a program told that are alive. */
async function daemonsLeft(text: string): Promise<readonly number[]> {
  const told = [...text.matchAll(/daemon (\d+)/g)].map(([, pid]) => Number(pid));
  expect(told).not.toEqual([]);
  const alive = new Set((await listProcesses()).map(({ pid }) => pid));
  return told.filter((pid) => alive.has(pid));
}

/** A process that runs another, and tells when that has begun. */
const ownerProgram = `
const { runProcess } = await import(${JSON.stringify(new URL('./run-process.ts', import.meta.url))});
const signal = new AbortController().signal;
await runProcess({ ...JSON.parse(process.env.REQUEST), signal, onText: (text) => process.stdout.write(text) });
`;
