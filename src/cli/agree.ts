import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { CommandIo } from './command-io.ts';

/** What a person said, or that nobody is there to say it. */
export type Agreement = 'yes' | 'no' | 'nobody';

/** Asks a person at the terminal whether to go on. Rejects when the signal aborts. */
export async function agree(
  question: string,
  { stderr, stdin }: CommandIo,
  signal: AbortSignal,
): Promise<Agreement> {
  if (!stdin.isTTY || !stderr.isTTY) return 'nobody';
  // Without line editing Ctrl-C stays a signal.
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false });
  const closed = once(terminal, 'close').then(() => '');
  try {
    const reply = await Promise.race([terminal.question(`${question} [y/N] `, { signal }), closed]);
    return /^y(es)?$/i.test(reply.trim()) ? 'yes' : 'no';
  } finally {
    terminal.close();
  }
}
