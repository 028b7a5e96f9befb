import type { ConfinedCommand } from '../../domain/sandbox.ts';
import type { Confinement } from '../confinement.ts';
import type { Launcher } from '../launcher/launcher.ts';
import { nextUser } from '../launcher/next-user.ts';
import { innerPolicy, policyWords } from '../launcher/policy.ts';
import { readablePaths } from '../launcher/readable-paths.ts';
import { tasksOfUser } from '../launcher/tasks-of-user.ts';
import { filterStore } from '../seccomp/filter-store.ts';
import type { FilterArchitecture } from '../seccomp/syscall-numbers.ts';
import { watchOf } from '../watch-of.ts';

/** What the machine offers. */
export interface KernelFacts {
  readonly launcher: Launcher;
  readonly architecture: FilterArchitecture;
  /** The version of Landlock, at least 1. */
  readonly landlock: number;
  /** The user who runs us. */
  readonly user: number;
}

const promisesNot = [
  'A hole in the kernel is a hole in the sandbox: programs run on the machine’s own kernel.',
  'Whether a path exists, its size, times and link target can be seen anywhere; contents cannot.',
  'A folder that may be written has no quota: its size is looked at every 50 ms, and more can be written meanwhile.',
  'The memory of a job with several processes is limited for each, and for all together by a look every 250 ms.',
] as const;

/** Confines by Landlock, a filter of system calls and resource limits, which a launcher applies to itself. */
export function kernelConfinement(facts: KernelFacts): Confinement {
  const { launcher, landlock, user } = facts;
  const isRoot = user === 0;
  const filters = filterStore(facts.architecture);
  const inUse = isRoot ? () => 0 : tasksOfUser(user);
  return {
    level: 'kernel',
    mechanism: `landlock ${landlock} + seccomp + rlimits by ${launcher.language}`,
    promisesNot: landlock >= 6 ? promisesNot : [...promisesNot, ...ofOldLandlock],
    policyOf: (command) => innerPolicy(command, { ...facts, filters }, false),
    wrap: (command) => {
      const [program, ...args] = launcher.command;
      const becomes = isRoot ? nextUser() : undefined;
      const place = {
        ...facts,
        filters,
        becomes,
        isNamespaced: false,
        parent: process.pid,
        processesInUse: inUse(),
      };
      const words = policyWords(command, place, readablePaths(command));
      return {
        program,
        args: [...args, launcher.script, ...words, '--', command.program, ...command.args],
        env: command.env,
        cwd: command.cwd,
        reports: true,
        user: becomes,
        watch: watchOf(command, command.scratch?.path),
        mayLeaveProcesses: mayLeave(command),
      };
    },
  };
}

/** Before version 6, Landlock keeps no signals in. */
const ofOldLandlock = [
  'A job with several processes cannot signal its own: the filter refuses it.',
];

function mayLeave({ processes }: ConfinedCommand): boolean {
  return processes !== 'one';
}
