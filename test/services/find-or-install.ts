import { spawnSync } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readEnvironment } from '../../src/config/environment.ts';

/** A server's program, and Debian's package with it. */
export interface ServerProgram {
  /** The names that it can have. */
  readonly names: readonly string[];
  /** Patterns of the folders where it can be besides those of PATH. */
  readonly folders: readonly string[];
  /** Debian's package. */
  readonly debian: string;
  /** Is called before the package is installed, to keep it from starting a service of its own; gives what undoes that. */
  readonly prepare?: () => (() => void) | undefined;
}

/** Where a server's program is, or why it is not to be had. */
export type Finding =
  | { readonly status: 'found'; readonly path: string }
  | { readonly status: 'missing'; readonly because: string };

/** Finds a server's program, and installs Debian's package with it where that may be done: by root, with apt. */
export function findOrInstall(wanted: ServerProgram): Finding {
  const before = find(wanted);
  if (before !== undefined) return { status: 'found', path: before };
  const because = install(wanted);
  const path = find(wanted);
  if (path !== undefined) return { status: 'found', path };
  return { status: 'missing', because: `${wanted.names.join(' or ')} is not there: ${because}` };
}

/** The newest of several versions. */
function find({ names, folders }: ServerProgram): string | undefined {
  const onPath = (readEnvironment()['PATH'] ?? '').split(delimiter);
  const others = folders
    .flatMap((pattern) => globSync(pattern))
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return [...others, ...onPath]
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Says why the package is still missing after it. */
function install({ debian, prepare }: ServerProgram): string {
  if (process.platform !== 'linux' || find(apt) === undefined) {
    return `install ${debian}; only apt-get is used without being asked`;
  }
  if (process.getuid?.() !== 0) return `root can install it: apt-get install ${debian}`;
  const undo = prepare?.();
  const aptGet = (...args: readonly string[]): boolean =>
    spawnSync('apt-get', args, { env: quiet, stdio: 'ignore', timeout: installMs }).status === 0;
  aptGet('update');
  const isDone = aptGet('install', '-y', '--no-install-recommends', debian);
  undo?.();
  return isDone ? `${debian} does not have it` : `apt-get install ${debian} failed`;
}

const apt: ServerProgram = { names: ['apt-get'], folders: [], debian: 'apt' };

/** Milliseconds for one call of apt-get. */
const installMs = 300_000;

/** Nobody is asked anything, and what a person configured stays. */
const quiet = { ...readEnvironment(), DEBIAN_FRONTEND: 'noninteractive', UCF_FORCE_CONFFOLD: '1' };
