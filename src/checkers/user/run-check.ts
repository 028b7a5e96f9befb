import { lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runConfined } from '../../domain/run-confined.ts';
import type { ConfinedCommand, Sandbox, SandboxLimits } from '../../domain/sandbox.ts';
import type { SourceFile } from '../../domain/task.ts';
import type { CheckRun } from './judge.ts';
import type { PlannedCheck } from './planned-check.ts';
import { type CheckPlace, checkPlace, type ProjectCopy } from './project-copy.ts';
import { lastLine } from './runners/summary.ts';
import type { RunnerCommand } from './runners/test-runner.ts';

/** What every run of a check needs. */
export interface CheckGround {
  readonly sandbox: Sandbox;
  readonly project: ProjectCopy;
  /** Every tests file that was given. */
  readonly tests: readonly SourceFile[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Runs a check once on the files of an answer, in a fresh place and in the sandbox. */
export async function runCheck(
  check: PlannedCheck,
  answer: readonly SourceFile[],
  ground: CheckGround,
): Promise<CheckRun> {
  const { project, tests, sandbox, timeoutMs, signal } = ground;
  // What a command is told depends on where it runs, and what it needs there is known before.
  const own = check.command({ work: '', scratch: '' }).own;
  await using place = await checkPlace(project, { answer, tests, own });
  const command = confined(check, place, ground);
  const end = await runConfined(sandbox, command, { input: check.command(place).input, signal });
  const changed = check.writesInWork ? await changedTest(place, tests) : undefined;
  if (changed !== undefined) return changedRun(changed, timeoutMs);
  return {
    end: end.outcome,
    report: await check.read(end, place),
    lastLine: lastLine(end.stderr.trim() === '' ? end.stdout : end.stderr),
    limitMs: timeoutMs,
  };
}

/** A check is a build or a suite of tests, and may use more than one candidate on one input. */
function limitsOf(timeoutMs: number): SandboxLimits {
  return {
    wallMs: timeoutMs,
    cpuSeconds: Math.ceil(timeoutMs / 1000) * 2,
    memoryMiB: 2048,
    processes: 256,
    outputMaxBytes: 4 * 1024 * 1024,
    fileMaxMiB: 128,
    writableMiB: 512,
  };
}

function confined(
  check: PlannedCheck,
  place: CheckPlace,
  { project, timeoutMs }: CheckGround,
): ConfinedCommand {
  const made = check.command(place);
  const { work, scratch, own, box } = place;
  return {
    program: made.program,
    args: made.args.map((arg) => arg.replaceAll('{own}', own)),
    readable: [...made.readable, ...project.linked, own, ...(check.writesInWork ? [] : [work])],
    cwd: work,
    env: { ...environment(place), ...made.env },
    processes: 'many',
    scratch: { path: check.writesInWork ? box : scratch, isKept: true },
    limits: limitsOf(timeoutMs),
    addressSpace: { reservedMiB: 512 },
  };
}

function environment({ scratch }: CheckPlace): RunnerCommand['env'] {
  return {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: join(scratch, 'home'),
    TMPDIR: join(scratch, 'tmp'),
    LANG: 'C.UTF-8',
    CI: '1',
    NO_COLOR: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    // Node does not start where it may not read the system's own.
    OPENSSL_CONF: '/dev/null',
  };
}

/** A tests file that is not as it was given after the run. */
async function changedTest(
  { work }: CheckPlace,
  tests: readonly SourceFile[],
): Promise<string | undefined> {
  for (const { path, text } of tests) {
    const target = join(work, path);
    const found = await lstat(target).catch(() => undefined);
    const isSame = found?.isFile() && found.size === Buffer.byteLength(text);
    if (!isSame || (await readFile(target, 'utf8')) !== text) return path;
  }
  return undefined;
}

function changedRun(path: string, limitMs: number): CheckRun {
  const first = { name: path, message: 'the run changed this tests file', line: null };
  const report = { by: 'the tests files', executed: 0, failed: 0, isBroken: true, first };
  return { end: { status: 'exited', code: 1 }, report, lastLine: '', limitMs };
}
