import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Environment } from './find-program.ts';
import { startOf } from './process-list.ts';
import { ProcessOutput } from './process-output.ts';
import { endTree } from './process-tree.ts';
import { startProcess } from './start-process.ts';
import { watchdog } from './watchdog.ts';

/**
 * Bytes of its output that are held before a process is ended. Models answer with 128,000 tokens at most, which
 * are half a megabyte, and twice that in JSON.
 */
const outputMaxBytes = 8 * 1024 * 1024;
/** Milliseconds between asking a process to end and killing it. */
const endGraceMs = 250;
/** The part of that after which a foster parent ends what is left: it is the one that misses nobody. */
const fosterShare = 0.8;
/** Milliseconds for what a process left behind when it ended by itself. */
const orphanGraceMs = 100;
/** Milliseconds after the end of a process for the rest of its output, which an orphan could hold open for ever. */
const pipeGraceMs = 200;
/** The variable by which all descendants of one process are known. */
const markName = 'ORCHESTRATOR_PROCESS';

/** A program to run to its end. */
export interface ProcessRequest {
  readonly command: readonly [string, ...string[]];
  /** All that the program sees of the environment. */
  readonly env: Environment;
  readonly cwd: string;
  /** Written to stdin, which is then closed. */
  readonly input: string;
  /** Ends the program and everything that it started. */
  readonly signal: AbortSignal;
  /** Takes stdout as it arrives, never half a character. */
  readonly onText: (text: string) => void;
  /** Bytes of stdout that its taker still holds; all that came, and stderr, when left out. */
  readonly heldBytes?: (() => number) | undefined;
  /** The most that may be held, 8 MiB when left out; eight times that may come where `heldBytes` is told. */
  readonly maxBytes?: number | undefined;
  readonly graceMs?: number | undefined;
  /** A folder that is removed should this process die before the program ends. */
  readonly folder?: string | undefined;
}

/** How a program ended; `stderr` is the end of what it wrote there, `excerpt` both ends of stdout. */
export type ProcessEnd =
  | { readonly status: 'exited'; readonly code: number; readonly stderr: string }
  | { readonly status: 'signalled'; readonly signal: string; readonly stderr: string }
  | { readonly status: 'aborted'; readonly stderr: string }
  | {
      readonly status: 'flooded';
      readonly maxBytes: number;
      readonly excerpt: string;
      readonly stderr: string;
    }
  | { readonly status: 'not-started'; readonly because: StartFault; readonly message: string };

/** Why a program did not start. */
export type StartFault = 'not-found' | 'not-executable' | 'arguments-too-long' | 'other';

/**
 * Runs a program without a shell, in a process group of its own, and leaves no process of it behind, on
 * Linux and macOS not even when this process is killed. Resolves soon after the program has ended, whoever
 * still holds its pipes, and within 0.8 s of an abort. Rejects only with what `onText` threw.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  if (request.signal.aborted) return { status: 'aborted', stderr: '' };
  const mark = randomUUID();
  const { PATH: path = '' } = request.env;
  const named = `${markName}=${mark}`;
  using guard = watchdog({ mark: named, folder: request.folder, path });
  const graceMs = request.graceMs ?? endGraceMs;
  const started = await startProcess({
    command: request.command,
    cwd: request.cwd,
    env: { ...request.env, [markName]: mark },
    graceMs: graceMs * fosterShare,
    orphanGraceMs,
    take: (begun) => new ProcessOutput(begun, request, request.maxBytes ?? outputMaxBytes),
  });
  if (started instanceof Error) return notStarted(started);

  const { child, closed, exited } = started;
  using output = started.output;
  const pid = child.pid ?? 0;
  guard.guard(pid);
  const root = { pid, startedAt: startOf(pid), mark: named };
  child.stdin?.end(request.input);
  await Promise.race([exited, output.stopped]);
  const code = codeOf(child);
  if (code !== null) await within(closed, pipeGraceMs);
  await endTree(root, code === null ? graceMs : orphanGraceMs);
  await within(closed, pipeGraceMs);
  output.check();
  return endOf(code, output);
}

function codeOf({ exitCode, signalCode }: ChildProcess): number | string | null {
  return exitCode ?? signalCode;
}

function endOf(code: number | string | null, output: ProcessOutput): ProcessEnd {
  const { exceededBytes: maxBytes, excerpt, stderr } = output;
  if (maxBytes !== undefined) return { status: 'flooded', maxBytes, excerpt, stderr };
  if (code === null) return { status: 'aborted', stderr };
  if (typeof code === 'string') return { status: 'signalled', signal: code, stderr };
  return { status: 'exited', code, stderr };
}

const faultOfCode: Readonly<Record<string, StartFault>> = {
  ENOENT: 'not-found',
  EACCES: 'not-executable',
  ENOEXEC: 'not-executable',
  EISDIR: 'not-executable',
  E2BIG: 'arguments-too-long',
  ENAMETOOLONG: 'arguments-too-long',
};

function notStarted(error: NodeJS.ErrnoException): ProcessEnd {
  const because = faultOfCode[error.code ?? ''] ?? 'other';
  return { status: 'not-started', because, message: error.message };
}

async function within(event: Promise<void>, limitMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  await Promise.race([event, promise]);
  clearTimeout(timer);
}
