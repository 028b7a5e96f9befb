import { readFile } from 'node:fs/promises';
import { dataFolder } from '../config/places.ts';
import { type Installed, installPackages, npmSettings } from '../lib/install-packages.ts';
import { packageFile } from '../lib/package-file.ts';
import { denoPackage, runtimeFolder, runtimeVersions } from '../sandbox/runtime/runtime-parts.ts';
import { childEnvironment } from '../vendor-cli/child-environment.ts';

/** The lock file of what the level runs in, in this package. */
const lockPath = 'sandbox/deno/package-lock.json';
const python = 'just-bash';
/** Parts of the package with Python that nothing needs: it is a shell in JavaScript. */
const unneeded = [`node_modules/${python}/dist`];

const { deno: denoVersion, [python]: pythonVersion } = runtimeVersions;

/** One package that the level `runtime` needs. */
export interface RuntimePackage {
  readonly title: string;
  readonly license: string;
  /** To download, as measured for Linux on x64. */
  readonly downloadBytes: number;
  /** On the disk afterwards. */
  readonly diskBytes: number;
}

/** What is installed for the level `runtime`. */
export const runtimePackages: readonly RuntimePackage[] = [
  {
    title: `Deno ${denoVersion}`,
    license: 'MIT',
    downloadBytes: 42_300_000,
    diskBytes: 95_600_000,
  },
  {
    title: `CPython 3.13 as WebAssembly, of just-bash ${pythonVersion}`,
    license: 'Apache-2.0, PSF-2.0',
    downloadBytes: 9_900_000,
    diskBytes: 10_500_000,
  },
];

/** What installing needs of the world. */
export interface RuntimeInstallTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Installs what the level `runtime` needs into the user's own folder; gives that folder. Never rejects. */
export async function installRuntime({ env, signal }: RuntimeInstallTools): Promise<Installed> {
  const title = `Deno ${denoVersion} and Python`;
  const deno = denoPackage();
  if (deno === undefined) {
    const why = `there is no Deno for ${process.platform} on ${process.arch}`;
    return { status: 'failed', message: `Cannot install ${title}: ${why}` };
  }
  const { lock, manifest } = await pinned({ [deno]: denoVersion, [python]: pythonVersion });
  const folder = runtimeFolder(dataFolder(env));
  return installPackages(
    { title, folder, manifest, lock, proof: `node_modules/${deno}/package.json`, unneeded },
    { env: childEnvironment(env, npmSettings(env)), signal },
  );
}

interface LockFile {
  readonly packages: Readonly<Record<string, object>>;
}

/** The part of a package's entry that says what it is, and not what it would bring along. */
interface Entry {
  readonly version?: string;
  readonly integrity?: string;
}

/** The entries of the shipped lock file for the packages themselves, without all that they depend on. */
async function pinned(
  dependencies: Readonly<Record<string, string>>,
): Promise<{ lock: object; manifest: object }> {
  // The file is ours.
  const shipped = JSON.parse(await readFile(packageFile(lockPath), 'utf8')) as LockFile;
  const entries = Object.keys(dependencies).map((name) => {
    const { version, integrity }: Entry = { ...shipped.packages[`node_modules/${name}`] };
    return [`node_modules/${name}`, { version, integrity }];
  });
  const packages = { '': { dependencies }, ...Object.fromEntries(entries) };
  return { lock: { ...shipped, packages }, manifest: { private: true, dependencies } };
}
