import type { ConfinedCommand } from '../domain/sandbox.ts';
import type { Watch } from './confinement.ts';

/** Milliseconds between two looks, where the system limits memory by itself. */
const calmMs = 250;
/** Milliseconds where a scratch grows without a quota, or only the look limits memory. */
const keenMs = 50;
/** MiB for what the limit of one process does not count, such as its libraries and its launcher. */
const besidesMiB = 256;
const threadsMax = 512;
/** Programs that a launcher and the isolation add to the job's own. */
const helpersMax = 8;

/** What to look at while a program runs in a sandbox that limits the memory of each process, but not of all. */
export function watchOf(command: ConfinedCommand, folder: string | undefined): Watch {
  const { limits, processes } = command;
  return {
    everyMs: folder === undefined ? calmMs : keenMs,
    memoryMiB: limits.memoryMiB * (processes === 'one' ? 1 : 2) + besidesMiB,
    tasks: processes === 'one' ? threadsMax : limits.processes + helpersMax,
    folder,
  };
}

/** What to look at where nothing else limits memory. */
export function keenWatchOf(command: ConfinedCommand): Watch {
  const { limits, scratch } = command;
  return {
    everyMs: keenMs / 2,
    memoryMiB: limits.memoryMiB,
    tasks: Math.max(threadsMax, limits.processes),
    folder: scratch?.path,
  };
}
