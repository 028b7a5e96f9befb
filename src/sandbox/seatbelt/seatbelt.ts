import type { ConfinedCommand } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import type { Confinement } from '../confinement.ts';
import { keenWatchOf } from '../watch-of.ts';

/** The program of macOS that applies a profile. */
export const seatbeltProgram = '/usr/bin/sandbox-exec';

/** `ulimit` of the shell, which then becomes the program. */
const withLimits = `
ulimit -t "$1" -f "$2" -n 256 -c 0 || exit 126
shift 2
exec "$@"
`;
/** Bytes of the blocks in which the shell counts the size of a file. */
const blockBytes = 512;

/** Confines by Apple's Seatbelt: what the profile does not allow is denied. */
export function seatbeltConfinement(): Confinement {
  return {
    level: 'seatbelt',
    mechanism: 'sandbox-exec + ulimit',
    promisesNot: [
      'A hole in the kernel is a hole in the sandbox: programs run on the machine’s own kernel.',
      'Whether a path exists, its size and times can be seen anywhere; contents cannot.',
      'macOS limits no memory: it is looked at every 25 ms, and more can be taken meanwhile.',
      'A folder that may be written has no quota: its size is looked at every 25 ms.',
    ],
    wrap: (command) => {
      const { limits, scratch, readable } = command;
      if (readable.length > readableMax) return { refused: `Cannot name ${readable.length} paths` };
      const blocks = scratch ? (limits.fileMaxMiB * 1024 * 1024) / blockBytes : 0;
      return {
        program: seatbeltProgram,
        args: [
          ...['-f', packageFile('sandbox/profile.sb'), ...parameters(command)],
          ...['/bin/sh', '-c', withLimits, 'sh', String(limits.cpuSeconds), String(blocks)],
          ...[command.program, ...command.args],
        ],
        env: command.env,
        cwd: command.cwd,
        reports: false,
        user: undefined,
        watch: keenWatchOf(command),
        mayLeaveProcesses: command.processes !== 'one',
      };
    },
  };
}

/** How many readable paths the profile has names for. */
const readableMax = 8;

function parameters({ program, readable, scratch, processes }: ConfinedCommand): readonly string[] {
  // Every name of the profile must have a value; a path that does not exist grants nothing.
  const paths = Array.from(
    { length: readableMax },
    (_, index) => readable[index] ?? '/nonexistent',
  );
  const named = {
    PROGRAM: program,
    SCRATCH: scratch?.path ?? '/nonexistent',
    FORKS: processes === 'one' ? 'no' : 'yes',
    ...Object.fromEntries(paths.map((path, index) => [`READ${index}`, path])),
  };
  return Object.entries(named).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
}
