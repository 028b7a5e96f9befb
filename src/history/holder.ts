import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { startOf } from '../lib/process-list.ts';

/** Names this process: by its machine since it was started, its number there, and when it began. */
export function thisHolder(): string {
  return `${machine()} ${process.pid} ${startOf(process.pid)}`;
}

/** Whether the process of that name ran on this machine and has ended; false for one on another machine. */
export function isGone(holder: string): boolean {
  const [where, number = '', startedAt = ''] = holder.split(' ');
  const pid = Number(number);
  if (where !== machine() || !Number.isInteger(pid)) return false;
  return !isAlive(pid) || String(startOf(pid)) !== startedAt;
}

/** Two containers can have the same host name and the same process numbers. */
function machine(): string {
  const boot = readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const processes = readOr(() => readlinkSync('/proc/self/ns/pid'));
  return [hostname(), boot, processes].map((part) => part.replaceAll(/\s/g, '')).join('/');
}

function readOr(read: () => string): string {
  try {
    return read();
  } catch {
    // Only Linux has it.
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another person is alive though it may not be signalled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
