import { createHash } from 'node:crypto';
import type { Task } from '../domain/task.ts';

/** Names a task by everything that it says, so that the same one is found again. */
export function taskKey(task: Task): string {
  return createHash('sha256').update(JSON.stringify(task, inOrder)).digest('hex');
}

/** The order in which an object was put together does not make another task. */
function inOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
