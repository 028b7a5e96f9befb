import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findProgram } from '../../lib/find-program.ts';
import { packageFile } from '../../lib/package-file.ts';
import { type ProcessEnd, runProcess } from '../../lib/run-process.ts';
import { childEnvironment } from '../../vendor-cli/child-environment.ts';
import { engineFolder, engineModule, engineVersion, exists } from './local-files.ts';
import { type Fetched, reasonOf } from './look-up-file.ts';
import { networkFault } from './network-fault.ts';

/** Characters of the end of what npm said that a message repeats. */
const saidMaxLength = 300;

/** The lock file of the engine, in this package. */
const lockPath = 'engine/package-lock.json';

const remedy = 'Check the connection, and which registry and proxy npm is told of: npm config list';

/** The package with the ready-made library for each platform; those for graphics cards are left out. */
const binaries: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'linux-riscv64': 'linux-riscv64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

/** What installing needs of the world. */
export interface InstallTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Installs the engine with npm: the packages of the lock file that this package ships, and the one binary that
 * this platform needs; no script of a package is run and nothing is compiled. Several processes at once do no harm. Never rejects.
 */
export async function installEngine(
  dataFolder: string,
  tools: InstallTools,
): Promise<Fetched<string>> {
  const folder = engineFolder(dataFolder);
  if (await exists(folder)) return { status: 'done', value: folder };
  const binary = binaries[`${process.platform}-${process.arch}`];
  if (!binary) return failed(`it has no binary for ${process.platform} on ${process.arch}`);
  const npm = await findProgram('npm', tools.env);
  if (npm === null) return failed('npm was not found on PATH');
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    const beside = await mkdtemp(`${folder}-`);
    try {
      const refusal = await install(npm, { folder: beside, binary }, tools);
      if (refusal) return failed(refusal.why, refusal.remedy);
      await settle(beside, folder);
      return { status: 'done', value: folder };
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  } catch (error) {
    return failed(reasonOf(error));
  }
}

/** Why the engine was not installed. */
interface Refusal {
  readonly why: string;
  readonly remedy?: string;
}

interface Place {
  readonly folder: string;
  readonly binary: string;
}

async function install(
  npm: string,
  { folder, binary }: Place,
  { env, signal }: InstallTools,
): Promise<Refusal | undefined> {
  const { lock, manifest } = await pinned(`@node-llama-cpp/${binary}`);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock, null, 2));
  const settings = Object.keys(env).filter((name) => /^npm_config_/i.test(name));
  const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  const end = await runProcess({
    command: [npm, 'ci', ...flags, '--loglevel=error'],
    env: childEnvironment(env, settings),
    cwd: folder,
    input: '',
    signal,
    onText: () => undefined,
    folder,
  });
  if (end.status === 'aborted') return { why: 'it was cancelled' };
  if (end.status === 'exited' && end.code === 0) {
    return (await exists(engineModule(folder))) ? undefined : { why: 'npm left no module behind' };
  }
  return whyOf(end);
}

function whyOf(end: Exclude<ProcessEnd, { readonly status: 'aborted' }>): Refusal {
  const said = 'stderr' in end ? withoutSecrets(end.stderr.trim()) : '';
  const fault = networkFault(said);
  if (fault !== undefined) return { why: `npm did not reach its registry: ${fault}`, remedy };
  const how = 'code' in end ? `exit code ${end.code}` : end.status;
  return { why: `npm ended with ${how}: ${said.slice(-saidMaxLength)}` };
}

/** The address of a registry may hold a password. */
function withoutSecrets(said: string): string {
  return said.replaceAll(/\/\/[^/@\s]+@/g, '//');
}

/** The part of a lock file that is used. */
interface LockFile {
  readonly packages: Readonly<Record<string, object>>;
}

/**
 * What npm installs: the shipped lock file with one binary as a dependency of its own, since npm is told to
 * leave out optional packages, among which are those for graphics cards.
 */
async function pinned(binary: string): Promise<{ lock: object; manifest: object }> {
  // The file is ours.
  const shipped = JSON.parse(await readFile(packageFile(lockPath), 'utf8')) as LockFile;
  const { optional: _, ...needed }: { readonly optional?: unknown } = {
    ...shipped.packages[`node_modules/${binary}`],
  };
  const dependencies = { 'node-llama-cpp': engineVersion, [binary]: engineVersion };
  const packages = {
    ...shipped.packages,
    '': { ...shipped.packages[''], dependencies },
    [`node_modules/${binary}`]: needed,
  };
  return { lock: { ...shipped, packages }, manifest: { private: true, dependencies } };
}

/** Puts the folder into its place at once; another process may have been faster. */
async function settle(beside: string, folder: string): Promise<void> {
  await rename(beside, folder).catch(async (error: unknown) => {
    if (!(await exists(folder))) throw error;
  });
}

function failed(why: string, helps?: string): Fetched<never> {
  const message = `Cannot install node-llama-cpp ${engineVersion}: ${why.replaceAll(/\s+/g, ' ')}`;
  return { status: 'failed', message, ...(helps === undefined ? undefined : { remedy: helps }) };
}
