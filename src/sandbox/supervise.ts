import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type {
  ConfinedEnd,
  ConfinedProcess,
  ConfinedStatus,
  ConfinedTalk,
  SandboxLimits,
  Usage,
} from '../domain/sandbox.ts';
import { startOf } from '../lib/process-list.ts';
import { endTree, type ProcessRoot } from '../lib/process-tree.ts';
import { spawned } from '../lib/spawned.ts';
import { watchdog } from '../lib/watchdog.ts';
import type { SpawnPlan } from './confinement.ts';
import { reportDescriptor } from './launcher/policy.ts';
import { type LauncherReport, readLauncherReport } from './launcher-report.ts';
import { type TreeWatch, watchTree } from './watch-tree.ts';

/** Milliseconds after the end of a program for the rest of its output, which an orphan could hold open for ever. */
const pipeGraceMs = 300;
/** Characters of the end of stderr that are kept. */
const stderrMaxLength = 64 * 1024;
/** The variable by which a program's descendants are known where it can leave some behind. */
const markName = 'ORCHESTRATOR_CONFINED';

/** Starts a plan and watches over it until it and all that it started are gone. */
export function supervise(
  plan: SpawnPlan,
  limits: SandboxLimits,
  talk: ConfinedTalk,
): ConfinedProcess {
  if (talk.signal.aborted) return neverStarted({ status: 'aborted' });
  const mark = randomUUID();
  const child = start(plan, mark);
  if (child instanceof Error) return neverStarted(notStarted(child.message));
  const streams = new Streams(child, talk, limits.outputMaxBytes);
  return {
    write: (bytes) => void child.stdin?.write(bytes),
    close: () => void child.stdin?.end(),
    ended: attend({ child, plan, limits, talk, streams, mark: `${markName}=${mark}` }),
  };
}

/** An end without a beginning. */
export function neverStarted(outcome: ConfinedStatus): ConfinedProcess {
  const usage: Usage = { wallMs: 0, cpuMs: 0, maxRssKiB: 0 };
  const end: ConfinedEnd = { outcome, usage, stderr: '' };
  return { write: () => undefined, close: () => undefined, ended: Promise.resolve(end) };
}

/** What is told of a program that could not be started. */
export function notStarted(message: string): ConfinedStatus {
  return { status: 'not-started', message };
}

interface Supervision {
  readonly child: ChildProcess;
  readonly plan: SpawnPlan;
  readonly limits: SandboxLimits;
  readonly talk: ConfinedTalk;
  readonly streams: Streams;
  readonly mark: string;
}

async function attend(supervision: Supervision): Promise<ConfinedEnd> {
  const { child, plan, limits, talk, streams, mark } = supervision;
  const startedAt = performance.now();
  const exited = happened(child, 'exit');
  const closed = happened(child, 'close');
  const fault = await spawned(child);
  if (fault) return await neverStarted(notStarted(fault.message)).ended;

  const pid = child.pid ?? 0;
  using guard = plan.mayLeaveProcesses
    ? watchdog({ mark, folder: undefined, path: '/usr/bin:/bin' })
    : undefined;
  guard?.guard(pid);
  const root: ProcessRoot = { pid, startedAt: startOf(pid), mark };
  using watch = watchTree(root, { ...plan.watch, writableMiB: limits.writableMiB });
  using stops = new Stops(limits.wallMs, talk.signal);
  const stopped = await Promise.race([
    exited.then(() => undefined),
    stops.stopped,
    streams.stopped,
    watch.exceeded,
  ]);
  const wallMs = performance.now() - startedAt;
  // A program that ended by itself can have left others, which hold its pipes.
  if (stopped === undefined && !plan.mayLeaveProcesses) await within(closed, pipeGraceMs / 2);
  await endAll(plan, root);
  await within(closed, pipeGraceMs);
  streams.close();
  const report = readLauncherReport(streams.report);
  const excess = streams.excess ?? stopped ?? (await watch.atEnd());
  const outcome = excess ?? outcomeOf(child, plan, report);
  return {
    outcome: asLimit(outcome, report, limits),
    usage: { wallMs, ...usageOf(report, watch) },
    stderr: streams.stderr,
  };
}

function start(
  { program, args, env, cwd, reports, mayLeaveProcesses }: SpawnPlan,
  mark: string,
): ChildProcess | Error {
  try {
    return spawn(program, args, {
      cwd,
      env: mayLeaveProcesses ? { ...env, [markName]: mark } : env,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe', reports ? 'pipe' : 'ignore'],
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error), { cause: error });
  }
}

/** Ends the program, its group, and where some can leave the group, whatever carries its mark. */
async function endAll(plan: SpawnPlan, root: ProcessRoot): Promise<void> {
  if (plan.mayLeaveProcesses) return endTree(root, 0);
  for (const target of [-root.pid, root.pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function outcomeOf(
  { exitCode, signalCode }: ChildProcess,
  { reports }: SpawnPlan,
  report: LauncherReport | undefined,
): ConfinedStatus {
  if (report?.kind === 'ended') return report.status;
  if (report?.kind === 'fault') return { status: 'not-started', message: report.message };
  if (signalCode !== null) return { status: 'signalled', signal: signalCode };
  if (reports)
    return { status: 'not-started', message: `The launcher ended with status ${exitCode}` };
  return { status: 'exited', code: exitCode ?? -1 };
}

/** Tells by which limit the kernel ended a program: it says so by its signals only. */
function asLimit(
  outcome: ConfinedStatus,
  report: LauncherReport | undefined,
  { cpuSeconds }: SandboxLimits,
): ConfinedStatus {
  if (outcome.status !== 'signalled') return outcome;
  const cpuMs = report?.kind === 'ended' ? report.cpuMs : 0;
  if (outcome.signal === 'SIGXCPU') return { status: 'cpu-limit' };
  if (outcome.signal !== 'SIGKILL') return outcome;
  return { status: cpuMs >= cpuSeconds * 1000 ? 'cpu-limit' : 'out-of-memory' };
}

function usageOf(
  report: LauncherReport | undefined,
  watch: TreeWatch,
): Pick<Usage, 'cpuMs' | 'maxRssKiB'> {
  if (report?.kind !== 'ended') return watch.peak();
  return { cpuMs: report.cpuMs, maxRssKiB: report.maxRssKiB };
}

/** The clock and the caller's signal. Disposing of it lets go of both. */
class Stops implements Disposable {
  readonly stopped: Promise<ConfinedStatus>;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal;
  readonly #abort: () => void;

  constructor(wallMs: number, signal: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<ConfinedStatus>();
    this.stopped = promise;
    this.#signal = signal;
    this.#abort = () => resolve({ status: 'aborted' });
    this.#timer = setTimeout(() => resolve({ status: 'timed-out' }), wallMs);
    if (signal.aborted) this.#abort();
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#abort);
  }
}

/** The pipes of a program, up to their bounds. */
class Streams {
  /** Resolves when a program wrote too much, or its reader failed. */
  readonly stopped: Promise<ConfinedStatus>;
  readonly #child: ChildProcess;
  readonly #stop: (status: ConfinedStatus) => void;
  #excess: ConfinedStatus | undefined;
  #stderr = '';
  #report = '';

  constructor(child: ChildProcess, talk: ConfinedTalk, maxBytes: number) {
    const { promise, resolve } = Promise.withResolvers<ConfinedStatus>();
    this.#child = child;
    this.stopped = promise;
    this.#stop = (status) => {
      this.#excess ??= status;
      resolve(status);
    };
    this.#listen(child.stdout, maxBytes, (chunk) => talk.onOutput(chunk));
    this.#listen(child.stderr, maxBytes, (chunk) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-stderrMaxLength);
    });
    this.#listen(child.stdio[reportDescriptor] as Readable | null, maxBytes, (chunk) => {
      this.#report += chunk.toString('utf8');
    });
  }

  /** What ended the program, when it was its output. */
  get excess(): ConfinedStatus | undefined {
    return this.#excess;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get report(): string {
    return this.#report;
  }

  /** Closes the pipes, whoever holds their other ends. */
  close(): void {
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#child.unref();
  }

  #listen(
    stream: Readable | null | undefined,
    maxBytes: number,
    take: (chunk: Buffer) => void,
  ): void {
    let bytes = 0;
    stream?.on('error', () => undefined);
    stream?.on('data', (chunk: Buffer) => {
      if (this.#excess) return;
      const room = maxBytes - bytes;
      bytes += chunk.length;
      this.#give(chunk.length > room ? chunk.subarray(0, room) : chunk, take);
      if (bytes > maxBytes) this.#stop({ status: 'output-limit' });
    });
  }

  #give(chunk: Buffer, take: (chunk: Buffer) => void): void {
    try {
      take(chunk);
    } catch {
      this.#stop({ status: 'aborted' });
    }
  }
}

function happened(child: ChildProcess, event: 'exit' | 'close'): Promise<void> {
  return new Promise((done) => {
    child.once(event, () => done());
  });
}

async function within(event: Promise<void>, limitMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  await Promise.race([event, promise]);
  clearTimeout(timer);
}
