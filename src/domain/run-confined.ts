import type { ConfinedCommand, ConfinedRun, Sandbox } from './sandbox.ts';

/** What a program is given besides its command. */
export interface RunOptions {
  /** Written to stdin, which is then closed. */
  readonly input: Uint8Array | string;
  readonly signal: AbortSignal;
}

/** Runs a confined program to its end and gathers its output, which is untrusted text. Never rejects. */
export async function runConfined(
  sandbox: Sandbox,
  command: ConfinedCommand,
  { input, signal }: RunOptions,
): Promise<ConfinedRun> {
  const chunks: Uint8Array[] = [];
  const program = sandbox.start(command, { signal, onOutput: (chunk) => chunks.push(chunk) });
  program.write(input);
  program.close();
  const end = await program.ended;
  return { ...end, stdout: Buffer.concat(chunks).toString('utf8') };
}
