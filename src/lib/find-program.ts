import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

/** Variables by name, as a program sees them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The path of a program, looked up on PATH or, when it has a folder in it, from the working directory; null
 * when there is no such program. Starts nothing.
 */
export async function findProgram(name: string, env: Environment): Promise<string | null> {
  for (const path of candidates(name, env)) {
    if (await isProgram(path)) return path;
  }
  return null;
}

function candidates(name: string, env: Environment): readonly string[] {
  const hasFolder = name.includes('/') || (isWindows && name.includes('\\'));
  const folders = (variable(env, 'PATH') ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = hasFolder ? [resolve(name)] : folders.map((folder) => join(folder, name));
  return paths.flatMap((path) => endings(env).map((ending) => path + ending));
}

/** Windows finds `claude.cmd` by the name `claude`. */
function endings(env: Environment): readonly string[] {
  if (!isWindows) return [''];
  return ['', ...(variable(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';')];
}

/** Windows spells it `Path`. */
function variable(env: Environment, name: string): string | undefined {
  if (!isWindows) return env[name];
  const key = Object.keys(env).find((known) => known.toUpperCase() === name);
  return key === undefined ? undefined : env[key];
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

const isWindows = process.platform === 'win32';
