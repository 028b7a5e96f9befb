import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { installPackages, npmSettings } from '../../lib/install-packages.ts';
import { packageFile } from '../../lib/package-file.ts';
import { childEnvironment } from '../../vendor-cli/child-environment.ts';
import { engineFolder, engineModule, engineVersion, exists } from './local-files.ts';
import type { Fetched } from './look-up-file.ts';

/** The lock file of the engine, in this package. */
const lockPath = 'engine/package-lock.json';

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
  { env, signal }: InstallTools,
): Promise<Fetched<string>> {
  const folder = engineFolder(dataFolder);
  if (await exists(folder)) return { status: 'done', value: folder };
  const title = `node-llama-cpp ${engineVersion}`;
  const binary = binaries[`${process.platform}-${process.arch}`];
  if (!binary) {
    const why = `it has no binary for ${process.platform} on ${process.arch}`;
    return { status: 'failed', message: `Cannot install ${title}: ${why}` };
  }
  const { lock, manifest } = await pinned(`@node-llama-cpp/${binary}`);
  const proof = relative(folder, engineModule(folder));
  return installPackages(
    { title, folder, manifest, lock, proof, unneeded: [] },
    { env: childEnvironment(env, npmSettings(env)), signal },
  );
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
