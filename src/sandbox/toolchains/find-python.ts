import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { type Environment, findProgram } from '../../lib/find-program.ts';
import type { Toolchain } from './toolchain.ts';

const askLimitMs = 10_000;
/** What a name such as `python3` stands for can be a script of a version manager; only Python itself knows. */
const question = `
import json, sys, sysconfig
print(json.dumps([sys.executable, sys.base_prefix, sysconfig.get_path("stdlib"), sys.version.split()[0]]))
`;

/** Finds the Python of a PATH; undefined where there is none, or none that answers. Starts it once, unconfined. */
export async function findPython(env: Environment): Promise<Toolchain | undefined> {
  const found = await findProgram('python3', env);
  const answer = found === null ? undefined : await ask(found, env);
  if (!answer) return undefined;
  const [executable, prefix, library, version] = answer;
  const program = realpathSync(executable);
  return {
    program,
    // No user's packages, no variables, no working directory on its path, no cache files.
    args: ['-I', '-S', '-B'],
    readable: [`${prefix}/lib`, library].filter(isOwnFolder),
    env: {},
    addressSpace: 'tight',
    version,
  };
}

/** What every program may read needs no grant, and a whole root must not get one. */
function isOwnFolder(path: string): boolean {
  return (
    path.startsWith('/') && path !== '/lib' && !path.startsWith('/usr/lib') && existsSync(path)
  );
}

type Answer = readonly [string, string, string, string];

function ask(program: string, env: Environment): Promise<Answer | undefined> {
  return new Promise((done) => {
    execFile(
      program,
      ['-I', '-S', '-c', question],
      { env: { ...env }, timeout: askLimitMs, cwd: '/' },
      (error, stdout) => done(error ? undefined : read(stdout)),
    );
  });
}

function read(stdout: string): Answer | undefined {
  try {
    const found: unknown = JSON.parse(stdout);
    return isAnswer(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isAnswer(found: unknown): found is Answer {
  return (
    Array.isArray(found) &&
    found.length === 4 &&
    found.every((part) => typeof part === 'string' && part !== '')
  );
}
