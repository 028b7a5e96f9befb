import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMarked, listProcesses, living, type ProcessEntry } from './process-list.ts';

/** Milliseconds between two looks whether a process has ended. */
const pollMs = 20;
/** Milliseconds that a killed process may take to be gone. */
const killMs = 150;

/** A process that leads a group of its own, and how its descendants are known. */
export interface ProcessRoot {
  readonly pid: number;
  /** When it started, in the unit of `ProcessEntry`; nothing that is older belongs to it. */
  readonly startedAt: number;
  /** The `NAME=value` that every descendant inherits, also one that left the group and lost its parents. */
  readonly mark: string;
}

/** The root and its descendants, as far as they are alive. */
export async function treeOf(root: ProcessRoot): Promise<readonly ProcessEntry[]> {
  const all = await listProcesses();
  const young = all.filter((entry) => entry.startedAt >= root.startedAt);
  const related = new Set([root.pid]);
  // Parents can have higher pids than their children, so that one pass is not enough.
  for (let before = 0; before < related.size; ) {
    before = related.size;
    for (const { pid, parent } of young) if (related.has(parent)) related.add(pid);
  }
  return young.filter(
    ({ group, pid, session }) =>
      related.has(pid) || group === root.pid || session === root.pid || isMarked(pid, root.mark),
  );
}

/**
 * Ends a process, its group and all its descendants: asks them to end, and kills what is left after the
 * grace. Resolves when they are gone, at the latest 0.3 s after the grace.
 */
export async function endTree(root: ProcessRoot, graceMs: number): Promise<void> {
  if (process.platform === 'win32') return endTreeOnWindows(root.pid);
  // Once the first are dead their children cannot be told by parentage, so what was seen is remembered.
  let seen: readonly ProcessEntry[] = [];
  for (const [signal, waitMs] of steps(graceMs)) {
    seen = union(await treeOf(root), await living(seen));
    if (seen.length === 0) return;
    send(signal, -root.pid);
    for (const { pid } of seen) send(signal, pid);
    await gone(seen, waitMs);
  }
}

function steps(graceMs: number): readonly (readonly [NodeJS.Signals, number])[] {
  // The second kill is for what was started between the look and the first one.
  return [
    ['SIGTERM', graceMs],
    ['SIGKILL', killMs],
    ['SIGKILL', killMs],
  ];
}

function union(
  some: readonly ProcessEntry[],
  others: readonly ProcessEntry[],
): readonly ProcessEntry[] {
  return [...new Map([...some, ...others].map((entry) => [entry.pid, entry])).values()];
}

async function gone(entries: readonly ProcessEntry[], limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (performance.now() < end && (await living(entries)).length > 0) await sleep(pollMs);
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function endTreeOnWindows(pid: number): Promise<void> {
  return new Promise((done) => {
    execFile('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true }, () => done());
  });
}
