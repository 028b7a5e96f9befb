import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfinedStatus } from '../domain/sandbox.ts';
import { type ProcessRoot, treeOf } from '../lib/process-tree.ts';
import type { Watch } from './confinement.ts';

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
    const use = await usageOf(root);
    peak = { maxRssKiB: Math.max(peak.maxRssKiB ?? 0, use.rssKiB), cpuMs: use.cpuMs };
    const bytes = watched.folder === undefined ? 0 : await bytesBelow(watched.folder);
    const found = excess(use, bytes, watched);
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
    [Symbol.dispose]: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

interface TreeUsage {
  readonly rssKiB: number;
  readonly tasks: number;
  readonly cpuMs: number;
}

function excess(use: TreeUsage, bytes: number, watched: Watched): ConfinedStatus | undefined {
  if (use.rssKiB > watched.memoryMiB * 1024) return { status: 'out-of-memory' };
  if (use.tasks > watched.tasks) return { status: 'process-limit' };
  if (bytes > watched.writableMiB * bytesPerMiB) return { status: 'disk-limit' };
  return undefined;
}

async function usageOf(root: ProcessRoot): Promise<TreeUsage> {
  const uses = (await treeOf(root)).map(({ pid }) => usageOfProcess(pid));
  return uses.reduce(
    (sum, use) => ({
      rssKiB: sum.rssKiB + use.rssKiB,
      tasks: sum.tasks + use.tasks,
      cpuMs: sum.cpuMs + use.cpuMs,
    }),
    { rssKiB: 0, tasks: 0, cpuMs: 0 },
  );
}

/** Milliseconds of one tick, in which Linux tells processor time to programs. */
const tickMs = 10;

/** Reads `/proc`; nothing of a process that has ended meanwhile, or where there is no such folder. */
function usageOfProcess(pid: number): TreeUsage {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat_ = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const times = stat_.slice(stat_.lastIndexOf(')') + 2).split(' ');
    return {
      rssKiB: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0),
      tasks: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0),
      cpuMs: (Number(times[11] ?? 0) + Number(times[12] ?? 0)) * tickMs,
    };
  } catch {
    return { rssKiB: 0, tasks: 0, cpuMs: 0 };
  }
}

/** Bytes on disk of all files below a folder; endless for one with too many. */
async function bytesBelow(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  if (files.length > filesMax) return Number.POSITIVE_INFINITY;
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(folder, file)).then(
        ({ blocks }) => blocks * 512,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
