import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds for which a count is good: counting costs some, and it only needs to be about right. */
const freshMs = 5000;

/** A count of the processes and threads of one user, as the kernel counts them for its limit. */
export function tasksOfUser(
  user: number,
  now: () => number = () => performance.now(),
): () => number {
  let counted = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (now() - countedAt > freshMs) {
      counted = count(user);
      countedAt = now();
    }
    return counted;
  };
}

function count(user: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.reduce((sum, pid) => sum + threadsOf(pid, user), 0);
}

function threadsOf(pid: string, user: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const owner = /^Uid:\s+(\d+)/m.exec(status)?.[1];
    return owner === String(user) ? Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 1) : 0;
  } catch {
    return 0;
  }
}
