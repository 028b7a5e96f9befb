import { existsSync, statSync } from 'node:fs';
import type { ConfinedCommand } from '../../domain/sandbox.ts';
import type { PathAccess } from './landlock.ts';

/** One path that a program may use, and how. */
export interface PathGrant {
  readonly path: string;
  readonly access: PathAccess;
  readonly isFolder: boolean;
}

/** Libraries and zones: what a program needs that runs alone. */
const libraries = ['/usr/lib', '/usr/lib64', '/usr/lib32', '/lib', '/lib64', '/usr/share/zoneinfo'];
/** The loaders of programs, by C library; the kernel runs one for each program. */
const loaders = [
  '/lib64/ld-linux-x86-64.so.2',
  '/lib/ld-linux-aarch64.so.1',
  '/lib/ld-musl-x86_64.so.1',
  '/lib/ld-musl-aarch64.so.1',
];
/** Programs and their data, for a job that starts some. */
const system = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/alternatives'];
const settings = ['/etc/ld.so.cache', '/etc/localtime'];
const randomness = ['/dev/urandom', '/dev/random'];

/**
 * The paths that a program may use: the system's libraries, with its programs only for a job that starts
 * some, the program, what the command names, and the scratch. Nothing of `/proc`, `/etc/passwd` or a home.
 */
export function readablePaths(command: ConfinedCommand): readonly PathGrant[] {
  const isAlone = command.processes === 'one';
  return [
    ...grants('read', isAlone ? [...libraries, ...settings] : settings),
    ...grants('run', isAlone ? loaders : system),
    ...grants('read', randomness),
    ...grants('device', ['/dev/null']),
    ...grants('run', [command.program, ...command.readable]),
    ...grants('write', command.scratch ? [command.scratch.path] : []),
  ];
}

function grants(access: PathAccess, paths: readonly string[]): readonly PathGrant[] {
  return paths
    .filter((path) => existsSync(path))
    .map((path) => ({ path, access, isFolder: statSync(path).isDirectory() }));
}
