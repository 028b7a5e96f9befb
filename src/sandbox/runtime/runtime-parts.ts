import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Environment, findProgram } from '../../lib/find-program.ts';
import { packageFile } from '../../lib/package-file.ts';

/** The versions that the level was tried with, which are those of the lock file that this package ships. */
export const runtimeVersions = { deno: '2.9.6', 'just-bash': '3.4.2' } as const;

/** The oldest Deno that runs the drivers. */
const denoMin = [2, 9] as const;
const askLimitMs = 5000;

/** The package with the program for each platform. */
const denoPackages: Readonly<Record<string, string>> = {
  'linux-x64': '@deno/linux-x64-glibc',
  'linux-arm64': '@deno/linux-arm64-glibc',
  'darwin-x64': '@deno/darwin-x64',
  'darwin-arm64': '@deno/darwin-arm64',
  'win32-x64': '@deno/win32-x64',
  'win32-arm64': '@deno/win32-arm64',
};

/** What the level needs, as far as it is there. */
export interface RuntimeParts {
  readonly deno: DenoProgram | undefined;
  /** The folder with python.cjs, python.wasm and python313.zip. */
  readonly python: string | undefined;
}

/** A Deno that is new enough. */
export interface DenoProgram {
  readonly path: string;
  readonly version: string;
}

/** The folder with the installed parts, which is whole when it exists. */
export function runtimeFolder(dataFolder: string): string {
  const { deno, 'just-bash': python } = runtimeVersions;
  return join(dataFolder, 'sandbox', `deno-${deno}-python-${python}`);
}

/** The package of Deno for this platform; undefined where there is none. */
export function denoPackage(
  platform: string = `${process.platform}-${process.arch}`,
): string | undefined {
  return denoPackages[platform];
}

/**
 * Finds what the level needs: what was installed for it, else what is installed beside this package, else Deno on
 * PATH. What lies in the project of a person is not looked at, because it would decide on its own confinement.
 */
export async function findRuntimeParts(
  dataFolder: string,
  env: Environment,
): Promise<RuntimeParts> {
  const beside = createRequire(packageFile('package.json')).resolve.paths('deno') ?? [];
  const folders = [join(runtimeFolder(dataFolder), 'node_modules'), ...beside];
  const python = folders
    .map((folder) => join(folder, 'just-bash', 'vendor', 'cpython-emscripten'))
    .find((folder) => existsSync(join(folder, 'python.wasm')));
  return { deno: await findDeno(folders, env), python };
}

async function findDeno(
  folders: readonly string[],
  env: Environment,
): Promise<DenoProgram | undefined> {
  const installed = folders.flatMap((folder) => programIn(folder) ?? []);
  const onPath = await findProgram('deno', env);
  for (const path of [...installed, ...(onPath === null ? [] : programsOf(onPath))]) {
    const version = await versionOf(path);
    if (version !== undefined && isNewEnough(version)) return { path, version };
  }
  return undefined;
}

function programIn(nodeModules: string): string | undefined {
  const name = denoPackage();
  if (name === undefined) return undefined;
  const path = join(nodeModules, name, process.platform === 'win32' ? 'deno.exe' : 'deno');
  return existsSync(path) ? path : undefined;
}

/** What npm puts on PATH is a script for Node, and the program is in a package beside it. */
function programsOf(path: string): readonly string[] {
  const real = realpathSync(path);
  if (!/\.c?js$/.test(real)) return [real];
  return [programIn(dirname(dirname(real)))].filter((found) => found !== undefined);
}

function versionOf(program: string): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(program, ['--version'], { env: {}, timeout: askLimitMs }, (error, stdout) =>
      done(error ? undefined : /^deno (\d+\.\d+\.\d+)/.exec(stdout)?.[1]),
    );
  });
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > denoMin[0] || (major === denoMin[0] && minor >= denoMin[1]);
}
