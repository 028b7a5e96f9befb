import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfinedStatus } from '../domain/sandbox.ts';
import type { ProcessRoot } from '../lib/process-tree.ts';
import type { Watch } from './confinement.ts';
import { type TreeUsage, usageOfTree } from './usage-of-tree.ts';

/** Files that are counted at most; a program with more is over any limit. */
const filesMax = 20_000;
const bytesPerMiB = 1024 * 1024;

/** What the processes of a program held at their highest. */
export interface Peak {
  readonly maxRssKiB: number | undefined;
  readonly cpuMs: number | undefined;
}

/** A watch over a program. Disposing of it ends it. */
export interface TreeWatch extends Disposable {
  /** Resolves with the limit that was exceeded; never, when none is. */
  readonly exceeded: Promise<ConfinedStatus>;
  peak(): Peak;
  /** Looks once more, at what an ended program left in its scratch: it can fill one between two looks. */
  atEnd(): Promise<ConfinedStatus | undefined>;
}

/** What is watched, and how much its scratch may hold. */
export interface Watched extends Watch {
  readonly writableMiB: number;
}

/** Looks again and again at the processes of a program and at its scratch. */
export function watchTree(root: ProcessRoot, watched: Watched): TreeWatch {
  const { promise, resolve } = Promise.withResolvers<ConfinedStatus>();
  let peak: Peak = { maxRssKiB: undefined, cpuMs: undefined };
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const use = await usageOfTree(root);
    peak = { maxRssKiB: Math.max(peak.maxRssKiB ?? 0, use.rssKiB), cpuMs: use.cpuMs };
    const found = excess(use, watched) ?? (await scratchExcess(watched));
    if (found) resolve(found);
    else if (!isOver) next();
  };
  const next = (): void => {
    timer = setTimeout(() => void look(), watched.everyMs);
    timer.unref();
  };
  next();
  return {
    exceeded: promise,
    peak: () => peak,
    atEnd: () => scratchExcess(watched),
    [Symbol.dispose]: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

function excess(use: TreeUsage, watched: Watched): ConfinedStatus | undefined {
  if (use.rssKiB > watched.memoryMiB * 1024) return { status: 'out-of-memory' };
  if (use.tasks > watched.tasks) return { status: 'process-limit' };
  return undefined;
}

async function scratchExcess({
  folder,
  writableMiB,
}: Watched): Promise<ConfinedStatus | undefined> {
  const bytes = folder === undefined ? 0 : await bytesBelow(folder);
  return bytes > writableMiB * bytesPerMiB ? { status: 'disk-limit' } : undefined;
}

/** Bytes on disk of all files below a folder; endless for one with too many, or with some that are kept from us. */
async function bytesBelow(folder: string): Promise<number> {
  const folders = [folder];
  let bytes = 0;
  let files = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = await entriesOf(next);
    files += entries.length;
    // A name that is too long or a folder that may not be read is a way to hide files.
    if (entries === hidden || files > filesMax) return Number.POSITIVE_INFINITY;
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else bytes += await bytesOf(path);
    }
  }
  return bytes;
}

const hidden: readonly Dirent[] = Object.freeze([]);

function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : hidden,
  );
}

function bytesOf(path: string): Promise<number> {
  return lstat(path).then(
    ({ blocks }) => blocks * 512,
    () => 0,
  );
}
