import type { ConfinedCommand } from '../../domain/sandbox.ts';
import type { FilterStore } from '../seccomp/filter-store.ts';
import { ownProcess } from '../seccomp/rules.ts';
import { type FilterArchitecture, syscallNumber } from '../seccomp/syscall-numbers.ts';
import { rightsOf, rulesetAttributes } from './landlock.ts';
import { type PathGrant, readablePaths } from './readable-paths.ts';

/** What a policy depends on besides the command. */
export interface PolicyPlace {
  readonly architecture: FilterArchitecture;
  readonly filters: FilterStore;
  /** The version of Landlock; 0 for none. */
  readonly landlock: number;
  /** Whether the program runs in namespaces of its own. */
  readonly isNamespaced: boolean;
  /** The user that the program becomes where the launcher runs as root; undefined to stay who one is. */
  readonly becomes: number | undefined;
  /** The process that must still be the launcher's parent; undefined where its number is not seen. */
  readonly parent: number | undefined;
  /** Processes and threads that the user of the program has before it starts; undefined to set no limit on them. */
  readonly processesInUse: number | undefined;
}

/** The descriptor on which the launcher reports. */
export const reportDescriptor = 3;
/** Reaching the job's files in a folder that only root may enter. */
const readAnyFile = 1 << 2;

const mebi = 1024 * 1024;
/** MiB of addresses for libraries, besides the memory. */
const addressMiB = 192;
/** Threads that the user of programs that run alone may have, besides what is running. */
const threadsMax = 1024;

const launcherCalls = [
  'prctl',
  'close_range',
  'prlimit64',
  'capset',
  'getrusage',
  'setgroups',
  'setresuid',
  'setresgid',
];
const landlockCalls = ['landlock_create_ruleset', 'landlock_add_rule', 'landlock_restrict_self'];

/** The words by which a launcher asks for the version of Landlock. */
export function askingWords(architecture: FilterArchitecture): readonly string[] {
  return ['ask=1', ...callWords(architecture, ['landlock_create_ruleset'])];
}

/**
 * The words of a policy, which a launcher carries out before it becomes the program: numbers of system calls,
 * limits, the user to become, Landlock's ruleset and paths, and the filter of system calls.
 */
export function policyWords(
  command: ConfinedCommand,
  place: PolicyPlace,
  paths: readonly PathGrant[],
): readonly string[] {
  const { architecture, landlock, becomes, parent } = place;
  return [
    `report=${reportDescriptor}`,
    ...(parent === undefined ? [] : [`parent=${parent}`]),
    ...callWords(architecture, landlock > 0 ? [...launcherCalls, ...landlockCalls] : launcherCalls),
    ...limitWords(command, place),
    ...(becomes === undefined ? [] : [`user=${becomes}:${readAnyFile}`]),
    ...(landlock > 0 ? landlockWords(landlock, paths) : []),
    `self=${ownProcess}`,
    `filter=${filterOf(command, place)}`,
  ];
}

/** The policy of a process that a confined server starts: it is no longer root, and has limits on processes already. */
export function innerPolicy(
  command: ConfinedCommand,
  known: Pick<PolicyPlace, 'architecture' | 'filters' | 'landlock'>,
  isNamespaced: boolean,
): readonly string[] {
  const inner = { becomes: undefined, parent: undefined, processesInUse: undefined };
  const place = { ...known, isNamespaced, ...inner };
  return policyWords(command, place, readablePaths(command));
}

function callWords(architecture: FilterArchitecture, names: readonly string[]): readonly string[] {
  return names.map((name) => `call.${name}=${syscallNumber(name, architecture)}`);
}

function filterOf(command: ConfinedCommand, place: PolicyPlace): string {
  const { isNamespaced, landlock } = place;
  return place.filters({
    processes: command.processes,
    signalsAreScoped: isNamespaced || landlock >= 6,
    filesAreOwn: isNamespaced,
    writes: command.scratch !== undefined,
    truncateIsConfined: isNamespaced || landlock >= 3,
    refusesSharedMemory: command.addressSpace !== 'tight',
  });
}

function landlockWords(version: number, paths: readonly PathGrant[]): readonly string[] {
  return [
    `landlock=${rulesetAttributes(version).toString('hex')}`,
    ...paths.map(
      ({ path, access, isFolder }) => `path=${rightsOf(access, version, isFolder)}:${path}`,
    ),
  ];
}

/** The numbers of the kernel's `resource.h`, which are the same on both architectures. */
const resources = {
  cpu: 0,
  fileSize: 1,
  data: 2,
  stack: 3,
  core: 4,
  processes: 6,
  files: 7,
  lockedMemory: 8,
  addressSpace: 9,
  pendingSignals: 11,
  messageQueues: 12,
  nice: 13,
  realTime: 14,
} as const;

function limitWords(
  { limits, processes, scratch, addressSpace }: ConfinedCommand,
  { processesInUse }: PolicyPlace,
): readonly string[] {
  const word = (kind: keyof typeof resources, soft: number, hard: number = soft): string =>
    `limit=${resources[kind]}:${soft}:${hard}`;
  const reservedMiB = addressSpace === 'tight' ? 0 : addressSpace.reservedMiB;
  const tasks = processes === 'one' ? threadsMax : limits.processes;
  return [
    word('cpu', limits.cpuSeconds, limits.cpuSeconds + 1),
    word('data', (limits.memoryMiB + reservedMiB) * mebi),
    ...(addressSpace === 'tight'
      ? [word('addressSpace', (limits.memoryMiB + addressMiB) * mebi)]
      : []),
    word('stack', 8 * mebi, 64 * mebi),
    word('fileSize', scratch ? limits.fileMaxMiB * mebi : 0),
    word('files', 256),
    ...(processesInUse === undefined ? [] : [word('processes', processesInUse + tasks)]),
    word('core', 0),
    word('lockedMemory', 0),
    word('messageQueues', 0),
    word('pendingSignals', 256),
    word('nice', 0),
    word('realTime', 0),
  ];
}
