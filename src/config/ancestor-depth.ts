import { readFileSync } from 'node:fs';
import { depthOf, depthVariable } from '../domain/nesting.ts';

/** The most parents that are looked at. */
const ancestorsMaxCount = 32;

/**
 * How many runs the programs that started this one are inside of, as far as the system tells. Some of them start
 * theirs with an environment of their own choice, in which the variable is missing. 0 where there is no `/proc`.
 */
export function ancestorDepth(): number {
  let pid = String(process.ppid);
  for (let count = 0; count < ancestorsMaxCount && pid !== '0'; count += 1) {
    const depth = depthOf({ [depthVariable]: depthIn(read(pid, 'environ')) });
    if (depth > 0) return depth;
    pid = /^PPid:\s*(\d+)$/m.exec(read(pid, 'status'))?.[1] ?? '0';
  }
  return 0;
}

function depthIn(environment: string): string | undefined {
  const start = `${depthVariable}=`;
  return environment
    .split('\0')
    .find((entry) => entry.startsWith(start))
    ?.slice(start.length);
}

/** Nothing for a process that is gone, or that belongs to somebody else. */
function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
