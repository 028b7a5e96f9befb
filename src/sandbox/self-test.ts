import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runConfined } from '../domain/run-confined.ts';
import { type ConfinedRun, defaultSandboxLimits, type Sandbox } from '../domain/sandbox.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { packageFile } from '../lib/package-file.ts';
import type { Toolchain } from './toolchains/toolchain.ts';

/** Seconds are many, as the machine may be busy; a self-test that ends early says nothing against the level. */
const limits = { ...defaultSandboxLimits, wallMs: 20_000, cpuSeconds: 10, memoryMiB: 256 };
/** More than any level may let a program hold. */
const tooMuchMiB = 1024;
const contents = 'not for programs\n';

/**
 * Runs a program that must work, and in it attempts that must fail: to read and write files of the user, to
 * change their mode, times and length, to open a socket, start and signal processes, and take too much memory.
 * Answers in words what was found wrong; undefined when all is well.
 */
export async function selfTest(
  sandbox: Sandbox,
  toolchain: Toolchain,
  folder: string,
): Promise<string | undefined> {
  makeFolder(folder, 0o700);
  const place = await mkdtemp(join(folder, 'self-test-'));
  try {
    const canary = join(place, 'canary');
    const own = join(place, 'own');
    for (const file of [canary, own]) await writeFile(file, contents, { mode: 0o600 });
    const before = await look(own);
    const run = await attempt(sandbox, toolchain, [canary, own]);
    const isTouched = (await look(own)) !== before || (await exists(`${own}.new`));
    return isTouched ? 'a program could change a file' : judge(run);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function attempt(
  sandbox: Sandbox,
  { program, args, readable, env, addressSpace }: Toolchain,
  [canary, own]: readonly [string, string],
): Promise<ConfinedRun> {
  const script = packageFile('sandbox/self-test.mjs');
  const command = {
    program,
    args: [...args, script, canary, own, String(process.pid), String(tooMuchMiB)],
    readable: [...readable, script],
    cwd: packageFile('sandbox'),
    env: { ...env, LANG: 'C.UTF-8' },
    processes: 'one',
    scratch: undefined,
    limits,
    addressSpace,
  } as const;
  const commandInFolder = { ...command, readable: [...command.readable, command.cwd] };
  return runConfined(sandbox, commandInFolder, { input: '', signal: AbortSignal.timeout(60_000) });
}

function judge({ outcome, stdout, stderr }: ConfinedRun): string | undefined {
  const [first = '', second = ''] = stdout.split('\n');
  const found = read(first);
  if (found?.answer !== 42) {
    const said = outcome.status === 'not-started' ? outcome.message : lastLine(stderr);
    return `a harmless program did not run: ${outcome.status} ${said}`.trim();
  }
  if (found.could.length > 0) return `a program could ${found.could.join(', ')}`;
  return second.startsWith('held') ? 'a program could take too much memory' : undefined;
}

interface Findings {
  readonly answer: number;
  readonly could: readonly string[];
}

function read(line: string): Findings | undefined {
  try {
    // Printed by our own script; a program that was not confined has already failed by its other signs.
    return JSON.parse(line) as Findings;
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

async function look(path: string): Promise<string> {
  const { mode, mtimeMs } = await stat(path);
  return `${mode} ${mtimeMs} ${await readFile(path, 'utf8')}`;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
