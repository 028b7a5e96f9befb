import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

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
  if (process.platform === 'linux') return listProc();
  return process.platform === 'win32' ? Promise.resolve([]) : listPs();
}

/** Those that are still alive, and are not others that took over their pids. */
export async function living(entries: readonly ProcessEntry[]): Promise<readonly ProcessEntry[]> {
  if (entries.length === 0) return [];
  const found =
    process.platform === 'linux'
      ? await Promise.all(entries.map(({ pid }) => readStat(pid)))
      : await listProcesses();
  const startOfPid = new Map(found.map((entry) => [entry?.pid, entry?.startedAt]));
  return entries.filter(({ pid, startedAt }) => startOfPid.get(pid) === startedAt);
}

/** When a process started, by the unit of `startedAt`; 0 where that cannot be read. */
export function startOf(pid: number): number {
  if (process.platform !== 'linux') return 0;
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startedAt ?? 0;
  } catch {
    return 0;
  }
}

/** Whether a process was started with this `NAME=value` in its environment; false where that cannot be read. */
export async function isMarked(pid: number, mark: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return environment.split('\0').includes(mark);
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

async function listProc(): Promise<readonly ProcessEntry[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(pids.map(readStat));
  return entries.filter((entry) => entry !== undefined);
}

/** A process that ends meanwhile has no file any more. */
async function readStat(pid: string | number): Promise<ProcessEntry | undefined> {
  return parseStat(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
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
