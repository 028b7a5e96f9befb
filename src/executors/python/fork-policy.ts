import type { Sandbox, SandboxLevel } from '../../domain/sandbox.ts';
import { ownProcess } from '../../sandbox/seccomp/rules.ts';
import { seccompFilter } from '../../sandbox/seccomp/seccomp-filter.ts';

/** How the fork server confines each fork; the shape is known to `drivers/python/confine.py`. */
export interface ForkPolicy {
  readonly memoryMiB: number;
  /** Whether a fork gets a Landlock domain of its own: always, where the kernel has Landlock, or never. */
  readonly landlock: 'needed' | 'if-there' | 'no';
  /** The filter of system calls in base64; null for none. */
  readonly seccomp: string | null;
  /** What stands in the filter for the process id of the fork. */
  readonly ownProcess: number;
}

const landlockAt: Readonly<Record<SandboxLevel, ForkPolicy['landlock'] | undefined>> = {
  namespaces: 'if-there',
  kernel: 'needed',
  none: 'no',
  // No fork can be confined further there, so that each process is started by itself.
  seatbelt: undefined,
  runtime: undefined,
};

/** The policy of forks in a sandbox; undefined where a fork cannot be confined from inside. */
export function forkPolicy({ level }: Sandbox, memoryMiB: number): ForkPolicy | undefined {
  const { arch, platform } = process;
  const landlock = landlockAt[level];
  if (platform !== 'linux' || landlock === undefined) return undefined;
  if (level === 'none') return { memoryMiB, landlock, seccomp: null, ownProcess };
  if (arch !== 'x64' && arch !== 'arm64') return undefined;
  const filter = seccompFilter(arch, {
    processes: 'one',
    signalsAreScoped: false,
    filesAreOwn: false,
    writes: false,
    truncateIsConfined: false,
    refusesSharedMemory: false,
    isLoaded: true,
  });
  return { memoryMiB, landlock, seccomp: filter.toString('base64'), ownProcess };
}
