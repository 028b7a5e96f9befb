import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One process of this machine. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In the system's own unit; with the pid it names the process for good, as pids are used again. */
  readonly startedAt: number;
}

/** The living processes; empty where they cannot be listed. */
export function listProcesses(): Promise<readonly ProcessEntry[]> {
  if (process.platform === 'linux') return Promise.resolve(listProc());
  return process.platform === 'win32' ? Promise.resolve([]) : listPs();
}

/** Those that are still alive, and are not others that took over their pids. */
export async function living(entries: readonly ProcessEntry[]): Promise<readonly ProcessEntry[]> {
  if (entries.length === 0) return [];
  const found =
    process.platform === 'linux' ? entries.map(({ pid }) => readStat(pid)) : await listProcesses();
  const startOfPid = new Map(found.map((entry) => [entry?.pid, entry?.startedAt]));
  return entries.filter(({ pid, startedAt }) => startOfPid.get(pid) === startedAt);
}

/** When a process started, by the unit of `startedAt`; 0 where that cannot be read. */
export function startOf(pid: number): number {
  return process.platform === 'linux' ? (readStat(pid)?.startedAt ?? 0) : 0;
}

/** Whether a process was started with this `NAME=value` in its environment; false where that cannot be read. */
export function isMarked(pid: number, mark: string): boolean {
  return readProc(`${pid}/environ`).split('\0').includes(mark);
}

/** Reads `/proc/PID/stat`; undefined for a process that is dead already. */
export function parseStat(stat: string): ProcessEntry | undefined {
  // The name of the program stands in parentheses and may have some of its own.
  const nameEnd = stat.lastIndexOf(')');
  const [state, parent, group, session, ...rest] = stat.slice(nameEnd + 2).split(' ');
  if (nameEnd === -1 || state === 'Z' || state === 'X') return undefined;
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startedAt: Number(rest[15]),
  };
}

/** Reads one line of `ps -o pid=,ppid=,pgid=,sess=,stat=`; undefined for a process that is dead already. */
export function parsePs(line: string): ProcessEntry | undefined {
  const [pid, parent, group, session, state] = line.trim().split(/\s+/);
  if (!state || state.startsWith('Z')) return undefined;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: Number.parseInt(session ?? '', 16) || 0,
    startedAt: 0,
  };
}

function listProc(): readonly ProcessEntry[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(readStat).filter((entry) => entry !== undefined);
}

function readStat(pid: string | number): ProcessEntry | undefined {
  return parseStat(readProc(`${pid}/stat`));
}

/**
 * A file of `/proc`; empty when there is none, as of a process that has ended meanwhile. These files are
 * made in memory: reading one takes 10 us, and handing it to another thread eight times as long.
 */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

async function listPs(): Promise<readonly ProcessEntry[]> {
  const listed = await new Promise<string>((done) => {
    execFile(
      '/bin/ps',
      ['-A', '-o', 'pid=,ppid=,pgid=,sess=,stat='],
      { env: {} },
      (_error, stdout) => done(stdout),
    );
  });
  return listed
    .split('\n')
    .map(parsePs)
    .filter((entry) => entry !== undefined);
}
