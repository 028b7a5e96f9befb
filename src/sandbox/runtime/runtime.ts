import type { ConfinedCommand } from '../../domain/sandbox.ts';
import type { Confinement } from '../confinement.ts';
import { keenWatchOf } from '../watch-of.ts';

/** What there is of Deno. */
export interface RuntimeFacts {
  /** The path of its program, which npm brings. */
  readonly deno: string;
  readonly version: string;
  /** A folder for its caches. */
  readonly cacheFolder: string;
}

/** Nothing is asked, fetched, or read from a project's settings. */
const quiet = ['--no-prompt', '--no-remote', '--no-npm', '--no-config', '--no-lock'];

/**
 * Confines by the permissions of Deno, which are its runtime's own and not the kernel's. The program of a
 * command must be that Deno, its arguments a script with what that takes; Python runs as WebAssembly in it.
 */
export function runtimeConfinement({ deno, version, cacheFolder }: RuntimeFacts): Confinement {
  return {
    level: 'runtime',
    mechanism: `deno ${version}, no isolation by the kernel`,
    promisesNot: [
      'V8 is the only wall: a hole in it is a hole in the sandbox.',
      'Memory is looked at every 25 ms, and more can be taken meanwhile; on Windows it is not looked at.',
      'Processor time has no limit of its own, only the clock has.',
    ],
    wrap: (command) => {
      if (command.program !== deno) return { refused: `Cannot run ${command.program} in Deno` };
      if (command.processes !== 'one') return { refused: 'Cannot start processes in Deno' };
      return {
        program: deno,
        args: ['run', ...quiet, ...permissions(command), ...command.args],
        env: { ...command.env, DENO_DIR: cacheFolder, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
        cwd: command.cwd,
        reports: false,
        user: undefined,
        watch: keenWatchOf(command),
        mayLeaveProcesses: false,
      };
    },
  };
}

function permissions({ readable, scratch, limits }: ConfinedCommand): readonly string[] {
  return [
    `--v8-flags=--max-old-space-size=${Math.floor(limits.memoryMiB / 2)}`,
    ...(readable.length > 0 ? [`--allow-read=${list(readable)}`] : []),
    ...(scratch ? [`--allow-read=${scratch.path}`, `--allow-write=${list([scratch.path])}`] : []),
  ];
}

/** Deno takes a doubled comma for one that belongs to a path. */
function list(paths: readonly string[]): string {
  return paths.map((path) => path.replaceAll(',', ',,')).join(',');
}
