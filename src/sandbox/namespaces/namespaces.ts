import { lstatSync, readlinkSync } from 'node:fs';
import type { ConfinedCommand, Scratch } from '../../domain/sandbox.ts';
import type { Confinement } from '../confinement.ts';
import type { KernelFacts } from '../kernel/kernel.ts';
import { nextUser } from '../launcher/next-user.ts';
import { innerPolicy, policyWords } from '../launcher/policy.ts';
import { type PathGrant, readablePaths } from '../launcher/readable-paths.ts';
import { filterStore } from '../seccomp/filter-store.ts';
import { watchOf } from '../watch-of.ts';

/** What the machine offers; the version of Landlock may be 0. */
export interface NamespaceFacts extends KernelFacts {
  /** The path of bubblewrap, and its version. */
  readonly bubblewrap: { readonly path: string; readonly version: string };
}

/** Where the launcher's script is seen inside. */
const scriptPath = '/run/launcher';
const mebi = 1024 * 1024;

/** Apart from everything; a user namespace takes the privileges that the launcher as root still needs. */
const apart = [
  '--unshare-ipc',
  '--unshare-pid',
  '--unshare-net',
  '--unshare-uts',
  '--unshare-cgroup-try',
];
const asUser = ['--unshare-user', '--disable-userns', '--cap-drop', 'ALL'];
const asRoot = [
  ...['--cap-drop', 'ALL'],
  ...['SETUID', 'SETGID', 'SETPCAP', 'DAC_READ_SEARCH'].flatMap((name) => [
    '--cap-add',
    `CAP_${name}`,
  ]),
];

/**
 * Confines by bubblewrap: namespaces of its own for processes, network, files and the rest, in which the
 * launcher adds what the kernel level has. What is not named does not exist there.
 */
export function namespaceConfinement(facts: NamespaceFacts): Confinement {
  const { bubblewrap, launcher, landlock, user } = facts;
  const isRoot = user === 0;
  const filters = filterStore(facts.architecture);
  const inside = landlock > 0 ? `landlock ${landlock} + seccomp + rlimits` : 'seccomp + rlimits';
  return {
    level: 'namespaces',
    mechanism: `bubblewrap ${bubblewrap.version} + ${inside} by ${launcher.language}`,
    promisesNot: [
      'A hole in the kernel is a hole in the sandbox: programs run on the machine’s own kernel.',
      'A folder whose files are kept has no quota: its size is looked at every 50 ms.',
      'The memory of a job with several processes is limited for each, and for all together by a look every 250 ms.',
    ],
    policyOf: (command) => innerPolicy(command, { ...facts, filters }, true),
    wrap: (command) => {
      const becomes = isRoot ? nextUser() : undefined;
      const place = {
        ...facts,
        filters,
        becomes,
        isNamespaced: true,
        parent: undefined,
        // Nobody else is that user, and a namespace of users counts for itself.
        processesInUse: 0,
      };
      const grants = [...readablePaths(command), ...processFolder(command)];
      return {
        program: bubblewrap.path,
        args: [
          ...(isRoot ? [...apart, ...asRoot] : [...apart, ...asUser]),
          ...['--die-with-parent', '--new-session', '--hostname', 'sandbox'],
          ...mounts(command, facts, grants),
          ...['--chdir', command.cwd, '--', ...launcher.command, scriptPath],
          ...policyWords(command, place, grants),
          ...['--', command.program, ...command.args],
        ],
        env: command.env,
        cwd: '/',
        reports: true,
        user: becomes,
        watch: watchOf(command, command.scratch?.isKept ? command.scratch.path : undefined),
        // They all die with the namespace, but not before it is waited for.
        mayLeaveProcesses: command.processes !== 'one',
      };
    },
  };
}

/** Compilers and runtimes that start others ask it about themselves; one program alone does without. */
function processFolder({ processes }: ConfinedCommand): readonly PathGrant[] {
  return processes === 'one' ? [] : [{ path: '/proc', access: 'run', isFolder: true }];
}

function mounts(
  { scratch, limits, processes }: ConfinedCommand,
  { launcher }: NamespaceFacts,
  grants: readonly PathGrant[],
): readonly string[] {
  const named = grants
    .map(({ path }) => path)
    .filter((path) => !isOfSystem(path) && path !== scratch?.path)
    .map((path) => ({ path, args: ['--ro-bind', path, path] }));
  const writable = scratch
    ? [{ path: scratch.path, args: scratchMount(scratch, limits.writableMiB) }]
    : [];
  // What lies in another must be mounted after it, or it is hidden.
  const inOrder = [...named, ...writable].sort((a, b) => a.path.length - b.path.length);
  return [
    ...['--ro-bind', '/usr', '/usr'],
    ...['/bin', '/sbin', '/lib', '/lib32', '/lib64'].flatMap(ofRoot),
    ...['--dev', '/dev', '--remount-ro', '/dev'],
    ...(processes === 'one' ? [] : ['--proc', '/proc']),
    ...['--ro-bind', launcher.script, scriptPath],
    ...inOrder.flatMap(({ args }) => args),
    ...['--remount-ro', '/'],
  ];
}

function isOfSystem(path: string): boolean {
  return /^\/(usr|bin|sbin|lib|lib32|lib64|dev|proc)(\/|$)/.test(path);
}

/** Folders of the root that are links to those in `/usr` on most systems. */
function ofRoot(path: string): readonly string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  return found.isSymbolicLink()
    ? ['--symlink', readlinkSync(path), path]
    : ['--ro-bind', path, path];
}

function scratchMount({ path, isKept }: Scratch, sizeMiB: number): readonly string[] {
  if (isKept) return ['--bind', path, path];
  return ['--size', String(sizeMiB * mebi), '--perms', '0777', '--tmpfs', path];
}
