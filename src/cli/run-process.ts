import type { WriteStream } from 'node:tty';
import { readEnvironment } from '../config/environment.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { whyUnwritable } from '../lib/file-trouble.ts';
import type { CommandIo } from './command-io.ts';
import { explainError } from './explain-error.ts';
import { runCommandLine } from './run-command-line.ts';

/** Runs the command line of this process and ends the process with its exit status. */
export async function runProcess(): Promise<void> {
  const { argv, stdin, stdout, stderr } = process;
  const args = argv.slice(2);
  const io: CommandIo = { stdin, stdout, stderr, env: readEnvironment(), cwd: process.cwd() };
  for (const stream of [stdout, stderr]) stream.on('error', forgiveClosedPipe);
  // Node opens its inspector on this signal, for whoever can send one.
  process.on('SIGUSR1', () => undefined);
  process.on('uncaughtException', (error) => {
    const { text, status } = explainError(error, args.includes('--verbose'));
    stderr.write(text);
    process.exit(status);
  });
  const status = await runCommandLine(args, io);
  await Promise.all([flushed(stdout), flushed(stderr)]);
  // A runner of the user's own that ignores its signal must not hold the command.
  process.exit(status);
}

/** A reader such as `head` that has seen enough is no failure; a file on a full disk is one, and no defect. */
function forgiveClosedPipe(error: Error & { readonly code?: string }): void {
  if (error.code === 'EPIPE') return;
  const message = `Cannot write the output: ${whyUnwritable(error)}`;
  throw new OrchestratorError('unwritable-output', message, { cause: error });
}

function flushed(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
