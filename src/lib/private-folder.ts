import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary folder that only its owner can read, removed with all its files when it is disposed of. */
export interface PrivateFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes texts to files by their paths below the folder; a path that ends in `/` is an empty folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

/** Makes a private folder. */
export async function privateFolder(): Promise<PrivateFolder> {
  const path = await mkdtemp(join(tmpdir(), 'orchestrator-'));
  return {
    path,
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) await write(join(path, name), text);
    },
    [Symbol.asyncDispose]: () =>
      // An answer that is there does not fail for a file that cannot be removed.
      rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
  };
}

async function write(path: string, text: string): Promise<void> {
  const isFolder = /[/\\]$/.test(path);
  await mkdir(isFolder ? path : dirname(path), { recursive: true, mode: 0o700 });
  if (!isFolder) await writeFile(path, text, { mode: 0o600 });
}
