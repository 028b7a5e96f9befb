import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Delivery, Speech } from './behaviour.ts';

/** The vendors whose programs can be imitated; `plain` prints its answer and nothing else. */
export type FakeVendor = 'claude-code' | 'codex' | 'gemini' | 'grok' | 'plain';

/** The file beside a fake program that appears once it does nothing more but hang. */
export const hangingFile = 'hanging';

/** What a fake program is to do. */
export interface FakeCliOptions {
  readonly vendor: FakeVendor;
  /** What it says, in the vendor's shapes; an answer when left out. */
  readonly says?: Speech;
  /** How it behaves as a process; well when left out. */
  readonly does?: Delivery;
  /** The text of its answers. */
  readonly text?: string;
  /** What its own check of the login tells; true when left out. */
  readonly signedIn?: boolean;
  /** Repeated in its errors, as vendors repeat the key that they refuse. */
  readonly secret?: string;
}

/**
 * Writes a program that behaves like a vendor's command line, well or badly, into a folder of its own below
 * this one, and returns its path. It needs a POSIX shell.
 *
 * @example
 * ```ts
 * const program = await fakeCli(folder, { vendor: 'codex', says: 'rate-limited' });
 * ```
 */
export async function fakeCli(folder: string, options: FakeCliOptions): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'fake-')), options.vendor);
  // The sources run as they are, and so do the files that are built from them.
  const program = fileURLToPath(new URL(`program${extname(import.meta.url)}`, import.meta.url));
  const command = [process.execPath, program, JSON.stringify(options), path].map(quoted).join(' ');
  await writeFile(path, `#!/bin/sh\nexec ${command} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
