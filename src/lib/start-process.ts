import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { getSystemErrorName } from 'node:util';
import crossSpawn from 'cross-spawn';
import type { Environment } from './find-program.ts';
import { type FosterGraces, fosterParent } from './foster-parent.ts';
import type { ProcessOutput } from './process-output.ts';
import { spawned } from './spawned.ts';

/** A program to start. */
export interface StartRequest extends FosterGraces {
  readonly command: readonly [string, ...string[]];
  readonly env: Environment;
  readonly cwd: string;
  /** Takes the output from the first moment: Node drops what nobody listens to when a program has ended. */
  readonly take: (child: ChildProcess) => ProcessOutput;
}

/** A program that runs, behind a foster parent where there can be one, and what will be told of it. */
export interface StartedProcess {
  readonly child: ChildProcess;
  readonly output: ProcessOutput;
  readonly exited: Promise<void>;
  readonly closed: Promise<void>;
}

/** Starts a program without a shell, in a process group of its own; gives the error when it cannot. */
export async function startProcess(request: StartRequest): Promise<StartedProcess | Error> {
  const foster = fosterParent(request, request);
  const started = foster ? await startBehind({ ...request, ...foster }, request.command) : 'broken';
  return started === 'broken' ? start(request, pipes) : started;
}

const pipes = ['pipe', 'pipe', 'pipe'] as const;

/** `broken` when it was the foster parent that could not be started. */
async function startBehind(
  request: StartRequest,
  [program]: StartRequest['command'],
): Promise<StartedProcess | Error | 'broken'> {
  const started = await start(request, [...pipes, 'pipe']);
  // The arguments are the program's, and too long for it as well.
  if (started instanceof Error) return started;
  // Its type does not say that the pipe is one to read.
  const told = await text(started.child.stdio[3] as Readable).catch(() => '');
  if (told === '+') return started;
  started.output[Symbol.dispose]();
  if (!told.startsWith('+')) return 'broken';
  const code = getSystemErrorName(-Number(told.slice(1)));
  return Object.assign(new Error(`spawn ${program} ${code}`), { code });
}

async function start(
  { command: [program, ...args], cwd, env, take }: StartRequest,
  stdio: readonly 'pipe'[],
): Promise<StartedProcess | Error> {
  try {
    const child = crossSpawn(program, args, {
      cwd,
      env,
      // On Windows a detached program would open a window of its own.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: [...stdio],
    });
    const [exited, closed] = [happened(child, 'exit'), happened(child, 'close')];
    const output = take(child);
    const fault = await spawned(child);
    if (!fault) return { child, output, exited, closed };
    output[Symbol.dispose]();
    return fault;
  } catch (error) {
    // Some faults, as E2BIG, are thrown; others are told by an event.
    return error instanceof Error ? error : new Error(String(error), { cause: error });
  }
}

function happened(child: ChildProcess, event: 'exit' | 'close'): Promise<void> {
  return new Promise((done) => {
    child.once(event, () => done());
  });
}
