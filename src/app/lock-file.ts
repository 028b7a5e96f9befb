import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { OrchestratorError } from '../domain/mistake.ts';
import { isGone, thisHolder } from '../history/holder.ts';
import { whyUnwritable } from '../lib/file-trouble.ts';

/**
 * Keeps a file for this process alone until the returned function is called, or the process ends. Throws
 * `unwritable-output` while another process has it.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  const own = `${lock}.${process.pid}`;
  await writeFile(own, thisHolder()).catch((cause: unknown) => {
    throw refusal(path, whyUnwritable(cause));
  });
  try {
    for (;;) {
      // A link appears with its content or not at all, and only where there is none.
      if (await isLinked(own, { lock, path })) return () => rm(lock, { force: true });
      const other = await readFile(lock, 'utf8').catch(() => undefined);
      if (other !== undefined && !isGone(other)) {
        throw refusal(path, `another process (${other.split(' ')[1] ?? other}) writes to it`, lock);
      }
      await removeOf(other, lock, own);
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** False where there is a lock already; throws where none can be made, as on a file system without hard links. */
async function isLinked(
  own: string,
  { lock, path }: { readonly lock: string; readonly path: string },
): Promise<boolean> {
  try {
    await link(own, lock);
    return true;
  } catch (cause) {
    const { code }: { readonly code?: unknown } = Object(cause);
    if (code === 'EEXIST') return false;
    throw refusal(path, `no lock can be made beside it (${whyUnwritable(cause)})`);
  }
}

/** Removes the lock of a process that has ended, and not one that another took in the meantime. */
async function removeOf(holder: string | undefined, lock: string, own: string): Promise<void> {
  const aside = `${own}.old`;
  if (!(await did(rename(lock, aside)))) return;
  const found = await readFile(aside, 'utf8').catch(() => undefined);
  if (found !== holder) await did(link(aside, lock));
  await rm(aside, { force: true });
}

async function did(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

function refusal(path: string, found: string, lock?: string): OrchestratorError {
  return new OrchestratorError('unwritable-output', `Cannot write results to "${path}": ${found}`, {
    hint: lock === undefined ? undefined : `Name another file; if no process does, remove ${lock}`,
  });
}
