import type { ConfinedCommand } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import type { Confinement } from '../confinement.ts';
import { shellLimits } from '../shell-limits.ts';
import { keenWatchOf } from '../watch-of.ts';

/** The program of macOS that applies a profile. */
export const seatbeltProgram = '/usr/bin/sandbox-exec';

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
    policyOf: () => undefined,
    wrap: (command) => {
      const { readable, program, args } = command;
      if (readable.length > readableMax) return { refused: `Cannot name ${readable.length} paths` };
      return {
        program: seatbeltProgram,
        args: [
          ...['-f', packageFile('sandbox/profile.sb'), ...parameters(command)],
          ...shellLimits(command, [program, ...args]),
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
