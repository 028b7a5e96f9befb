import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary folder that only its owner can read, removed with all its files when it is disposed of. */
export interface PrivateFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes texts to files by their paths below the folder; a path that ends in `/` is an empty folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

/** The folders that are there; one listener removes them all, as each listener more would be warned of as a leak. */
const open = new Set<string>();

/** Makes a private folder. Also goes when this process exits before it is disposed of, as after a cancellation. */
export async function privateFolder(): Promise<PrivateFolder> {
  const path = await mkdtemp(join(tmpdir(), 'orchestrator-'));
  if (!process.listeners('exit').includes(removeAll)) process.on('exit', removeAll);
  open.add(path);
  return {
    path,
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) await write(join(path, name), text);
    },
    [Symbol.asyncDispose]: async () => {
      // An answer that is there does not fail for a file that cannot be removed.
      await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
      open.delete(path);
    },
  };
}

function removeAll(): void {
  for (const path of open) {
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Whoever still writes into it is ended by the watchdog, which then removes it.
    }
  }
}

async function write(path: string, text: string): Promise<void> {
  const isFolder = /[/\\]$/.test(path);
  await mkdir(isFolder ? path : dirname(path), { recursive: true, mode: 0o700 });
  if (!isFolder) await writeFile(path, text, { mode: 0o600 });
}
