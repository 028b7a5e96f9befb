import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Environment } from './environment.ts';
import { configFolder, homeFolder } from './places.ts';

/** The endings of a configuration file, the one that wins first. */
export const configEndings = ['ts', 'mts', 'js', 'mjs', 'json'] as const;

/** The key of a package.json that is a configuration. */
export const packageKey = 'orchestrator';

/** Finds the user's own configuration file; undefined when there is none. */
export function findUserFile(env: Environment): string | undefined {
  return firstFile(configFolder(env), 'config');
}

/**
 * Finds the nearest configuration file of a project, upward from a folder; undefined when there
 * is none. The search ends at the root, and with the home folder of the person.
 */
export function findProjectFile(cwd: string, env: Environment): string | undefined {
  // What lies above the home folder belongs to somebody else.
  const home = homeFolder(env);
  const ends = [home, realPath(home)];
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const file = firstFile(folder, 'orchestrator.config') ?? packageFile(folder);
    if (file !== undefined) return file;
    if (ends.includes(folder) || folder === dirname(folder)) return undefined;
  }
}

function firstFile(folder: string, name: string): string | undefined {
  return configEndings.map((ending) => join(folder, `${name}.${ending}`)).find(isFile);
}

/** A package.json counts only with the key; one that cannot be read is not ours to complain about. */
function packageFile(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!isFile(file)) return undefined;
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Object.hasOwn(Object(manifest), packageKey) ? file : undefined;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
