import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Environment, findProgram } from '../../lib/find-program.ts';

/** A Python interpreter and the folders that it needs to see. */
export interface Python {
  /** The real, absolute path of the program, not of a wrapper that chooses a version. */
  readonly program: string;
  readonly version: string;
  readonly readable: readonly string[];
}

const names = ['python3', 'python'];
/** Milliseconds that the interpreter may take to say what it is. */
const askMaxMs = 10_000;

const question = `import json, sys
print(json.dumps([sys.executable, list(sys.version_info[:2]), sys.prefix, sys.base_prefix]))`;
const answer = z.tuple([z.string(), z.tuple([z.int(), z.int()]), z.string(), z.string()]);

/** The oldest version that runs the drivers. */
export const pythonMin = '3.8';

/** Looks for Python on PATH and asks it what it is; undefined when there is none that can be used. */
export async function findPython(env: Environment): Promise<Python | undefined> {
  for (const name of names) {
    const path = await findProgram(name, env);
    const python = path === null ? undefined : await ask(path, env);
    if (python) return python;
  }
  return undefined;
}

async function ask(path: string, env: Environment): Promise<Python | undefined> {
  try {
    const options = { timeout: askMaxMs, env: { ...env }, windowsHide: true };
    const { stdout } = await promisify(execFile)(path, ['-I', '-S', '-c', question], options);
    const [executable, [major, minor], ...prefixes] = answer.parse(JSON.parse(stdout));
    if (major < 3 || minor < 8) return undefined;
    const program = await realpath(executable);
    return {
      program,
      version: `${major}.${minor}`,
      readable: [...new Set([program, ...prefixes])],
    };
  } catch {
    return undefined;
  }
}
