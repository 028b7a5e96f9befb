import type { ConfinedCommand } from '../domain/sandbox.ts';

/** A shell that limits itself and then becomes the program. */
const script = `
ulimit -t "$1" && ulimit -f "$2" && ulimit -n 256 && ulimit -c 0 || exit 126
shift 2
exec "$@"
`;
/** Bytes of the blocks in which the shell counts the size of a file. */
const blockBytes = 512;

/** The command that runs another under the limits that every POSIX shell can set: processor time, files, descriptors. */
export function shellLimits(
  { limits }: ConfinedCommand,
  command: readonly string[],
): readonly [string, ...string[]] {
  const blocks = (limits.fileMaxMiB * 1024 * 1024) / blockBytes;
  return ['/bin/sh', '-c', script, 'sh', String(limits.cpuSeconds), String(blocks), ...command];
}
