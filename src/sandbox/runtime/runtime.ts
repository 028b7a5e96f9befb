import { join } from 'node:path';
import type { ConfinedCommand } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import type { Confinement } from '../confinement.ts';
import { shellLimits } from '../shell-limits.ts';
import { keenWatchOf } from '../watch-of.ts';
import { linkOut } from './links-out.ts';

/** What there is of Deno. */
export interface RuntimeFacts {
  /** The path of its program, which npm brings. */
  readonly deno: string;
  readonly version: string;
}

const isWindows = process.platform === 'win32';
/** Nothing is asked, fetched, or read from a project's settings. */
const quiet = ['--no-prompt', '--no-remote', '--no-npm', '--no-config', '--no-lock'];
/** MiB by which the watch inside is later than the one outside, which knows what to call it. */
const laterMiB = 64;

/**
 * Confines by the permissions of Deno, which are its runtime's own and not the kernel's. The program of a
 * command must be that Deno, its first argument a script; Python runs as WebAssembly in it.
 */
export function runtimeConfinement({ deno, version }: RuntimeFacts): Confinement {
  const watch = packageFile('drivers/deno/watch.cjs');
  return {
    level: 'runtime',
    mechanism: `deno ${version} without permissions, no isolation by the kernel`,
    promisesNot: [
      'V8 is the only wall: a hole in it is a hole in the sandbox.',
      'Memory is looked at every 25 ms, and more can be taken meanwhile.',
      'On Windows processor time and open files have no limit of their own, only the clock has.',
      'A program can change the mode and the times of the files that it may read.',
    ],
    policyOf: () => undefined,
    wrap: (command) => {
      if (command.program !== deno) return { refused: `Cannot run ${command.program} in Deno` };
      if (command.processes !== 'one') return { refused: 'Cannot start processes in Deno' };
      const link = linkOut(command.readable);
      if (link !== undefined) return { refused: `Cannot keep Deno from following ${link}` };
      const mebibytes = String(command.limits.memoryMiB + laterMiB);
      const watched = [watch, mebibytes, ...command.args];
      const plain = [deno, 'run', ...quiet, ...permissions(command), ...watched];
      const [program = deno, ...args] = isWindows ? plain : shellLimits(command, plain);
      return {
        program,
        args,
        // Where a file is there can be no folder. In a folder of its own Deno keeps what programs put into
        // `localStorage` and `caches`: as much as they like, and for the next program to read.
        env: {
          ...command.env,
          DENO_DIR: join(watch, 'none'),
          DENO_NO_UPDATE_CHECK: '1',
          NO_COLOR: '1',
        },
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
    // There is nothing in it but what the command names.
    '--allow-env',
    ...(readable.length > 0 ? [`--allow-read=${list(readable)}`] : []),
    ...(scratch ? [`--allow-read=${scratch.path}`, `--allow-write=${list([scratch.path])}`] : []),
  ];
}

/** Deno takes a doubled comma for one that belongs to a path. */
function list(paths: readonly string[]): string {
  return paths.map((path) => path.replaceAll(',', ',,')).join(',');
}
