import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type ProcessRoot, treeOf } from '../lib/process-tree.ts';

/** What the living processes of a program hold together. */
export interface TreeUsage {
  readonly rssKiB: number;
  /** Processes and threads; where threads cannot be counted, processes. */
  readonly tasks: number;
  readonly cpuMs: number;
}

const nothing: TreeUsage = { rssKiB: 0, tasks: 0, cpuMs: 0 };
/** Milliseconds of one tick, in which Linux tells processor time to programs. */
const tickMs = 10;

/** Measures a program with all its descendants; nothing where the system does not tell, which is on Windows. */
export async function usageOfTree(root: ProcessRoot): Promise<TreeUsage> {
  const pids = (await treeOf(root)).map(({ pid }) => pid);
  const uses = process.platform === 'linux' ? pids.map(usageByProc) : await usageByPs(pids);
  return uses.reduce(
    (sum, use) => ({
      rssKiB: sum.rssKiB + use.rssKiB,
      tasks: sum.tasks + use.tasks,
      cpuMs: sum.cpuMs + use.cpuMs,
    }),
    nothing,
  );
}

function usageByProc(pid: number): TreeUsage {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const times = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      rssKiB: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0),
      tasks: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0),
      cpuMs: (Number(times[11] ?? 0) + Number(times[12] ?? 0)) * tickMs,
    };
  } catch {
    // It has ended meanwhile.
    return nothing;
  }
}

function usageByPs(pids: readonly number[]): Promise<readonly TreeUsage[]> {
  if (pids.length === 0 || process.platform === 'win32') return Promise.resolve([]);
  return new Promise((done) => {
    execFile('/bin/ps', ['-o', 'rss=,time=', '-p', pids.join()], { env: {} }, (_error, stdout) =>
      done(
        stdout
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(parsePsUsage),
      ),
    );
  });
}

/** Reads one line of `ps -o rss=,time=`: KiB, and minutes, seconds and hundredths (`0:01.25`). */
export function parsePsUsage(line: string): TreeUsage {
  const [rss = '0', time = ''] = line.trim().split(/\s+/);
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { rssKiB: Number(rss), tasks: 1, cpuMs: Math.round(seconds * 1000) };
}
