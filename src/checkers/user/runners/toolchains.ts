import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Environment, findProgram } from '../../../lib/find-program.ts';
import { runProcess } from '../../../lib/run-process.ts';
import { jsonOf } from './json-lines.ts';
import type { Toolchain } from './test-runner.ts';

/** The Python of the person, and what can be imported in it. */
export interface Python extends Toolchain {
  readonly modules: ReadonlySet<string>;
}

/** The programs on this machine that tests run by; each is looked for once, when it is asked for. */
export interface Toolchains {
  readonly node: Toolchain;
  python(): Promise<Python | undefined>;
  go(): Promise<Toolchain | undefined>;
  cargo(): Promise<Toolchain | undefined>;
}

const lookMaxMs = 10_000;

/** Looks for the programs on the PATH of the environment. */
export function toolchains(env: Environment): Toolchains {
  let python: Promise<Python | undefined> | undefined;
  let go: Promise<Toolchain | undefined> | undefined;
  let cargo: Promise<Toolchain | undefined> | undefined;
  return {
    node: {
      program: process.execPath,
      readable: [dirname(dirname(process.execPath))].filter(isSafe),
    },
    python: () => (python ??= findPython(env)),
    go: () => (go ??= findGo(env)),
    cargo: () => (cargo ??= findCargo(env)),
  };
}

const pythonFacts = `
import json, os, pkgutil, sys
names = list(sys.stdlib_module_names) + list(sys.builtin_module_names)
names += [module.name for module in pkgutil.iter_modules()]
places = [sys.prefix, sys.base_prefix, *(path for path in sys.path if os.path.isdir(path))]
print(json.dumps({'program': sys.executable, 'readable': places, 'modules': names}))
`;
const factsShape = z.object({
  program: z.string(),
  readable: z.array(z.string()),
  modules: z.array(z.string()),
});

async function findPython(env: Environment): Promise<Python | undefined> {
  const found = (await findProgram('python3', env)) ?? (await findProgram('python', env));
  if (found === null) return undefined;
  // Isolated, so that no file of the working folder is imported.
  const text = await outputOf([found, '-I', '-c', pythonFacts], env);
  const { data } = factsShape.safeParse(jsonOf(text));
  if (data === undefined) return undefined;
  const readable = [...new Set(data.readable)].filter(isSafe);
  return { program: data.program, readable, modules: new Set(data.modules) };
}

async function findGo(env: Environment): Promise<Toolchain | undefined> {
  const found = await findProgram('go', env);
  if (found === null) return undefined;
  const text = await outputOf([found, 'env', 'GOROOT', 'GOMODCACHE'], env);
  const [root = '', packages = ''] = text.trim().split('\n');
  if (root === '') return undefined;
  const readable = [root, packages].filter((path) => existsSync(path) && isSafe(path));
  return { program: await realpath(found), readable };
}

/** Programs of rustup are one program by many names, and find the toolchain by its home. */
async function findCargo(env: Environment): Promise<Toolchain | undefined> {
  const found = await findProgram('cargo', env);
  if (found === null) return undefined;
  const root = (await outputOf(['rustc', '--print', 'sysroot'], env)).trim();
  const inside = join(root, 'bin', 'cargo');
  if (root === '' || !existsSync(inside)) return undefined;
  const registry = join(env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry');
  return {
    program: inside,
    readable: [root, registry].filter((path) => existsSync(path) && isSafe(path)),
  };
}

/** What a program of the person prints, which is no code of a model; empty when it fails. */
async function outputOf(
  command: readonly [string, ...string[]],
  env: Environment,
): Promise<string> {
  let text = '';
  const end = await runProcess({
    command,
    env,
    cwd: homedir(),
    input: '',
    signal: AbortSignal.timeout(lookMaxMs),
    onText: (part) => {
      text += part;
    },
  });
  return end.status === 'exited' && end.code === 0 ? text : '';
}

/** A toolchain may lie in the home folder and must not be it, or anything above it. */
function isSafe(path: string): boolean {
  return path !== '/' && path !== '' && !`${homedir()}/`.startsWith(`${path}/`);
}
