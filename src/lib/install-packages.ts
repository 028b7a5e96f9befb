import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Environment, findProgram } from './find-program.ts';
import { makeFolder } from './make-folder.ts';
import { networkFault } from './network-fault.ts';
import { type ProcessEnd, runProcess } from './run-process.ts';

/** Characters of the end of what npm said that a message repeats. */
const saidMaxLength = 300;

const remedy = 'Check the connection, and which registry and proxy npm is told of: npm config list';

/** Packages that are installed on demand, pinned by a lock file that this package ships. */
export interface PinnedPackages {
  /** What messages call them: `node-llama-cpp 3.21.1`. */
  readonly title: string;
  /** Where they are put; whole when it exists. */
  readonly folder: string;
  readonly manifest: object;
  readonly lock: object;
  /** A path in the folder that must be there afterwards. */
  readonly proof: string;
  /** Paths in the folder that nothing needs; they are removed. */
  readonly unneeded: readonly string[];
}

/** What installing needs of the world. */
export interface InstallTools {
  /** All that npm sees of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The folder with the packages, or one line on why there is none. */
export type Installed =
  | { readonly status: 'done'; readonly value: string }
  | { readonly status: 'failed'; readonly message: string; readonly remedy?: string };

/**
 * Installs packages with npm, exactly those of their lock file; no script of a package is run and nothing is
 * compiled. Several processes at once do no harm. Never rejects.
 */
export async function installPackages(
  packages: PinnedPackages,
  tools: InstallTools,
): Promise<Installed> {
  const { folder } = packages;
  if (await exists(folder)) return { status: 'done', value: folder };
  const npm = await findProgram('npm', tools.env);
  if (npm === null) return failed(packages, { why: 'npm was not found on PATH' });
  try {
    makeFolder(dirname(folder), 0o700);
    const beside = await mkdtemp(`${folder}-`);
    try {
      const refusal = await install([npm, beside], packages, tools);
      if (refusal) return failed(packages, refusal);
      await settle(beside, folder);
      return { status: 'done', value: folder };
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  } catch (error) {
    return failed(packages, { why: error instanceof Error ? error.message : String(error) });
  }
}

/** Names the settings of npm in an environment, such as its registry and its proxy. */
export function npmSettings(env: Environment): readonly string[] {
  return Object.keys(env).filter((name) => /^npm_config_/i.test(name));
}

/** Why nothing was installed. */
interface Refusal {
  readonly why: string;
  readonly remedy?: string;
}

async function install(
  [npm, folder]: readonly [string, string],
  { lock, manifest, proof, unneeded }: PinnedPackages,
  { env, signal }: InstallTools,
): Promise<Refusal | undefined> {
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock, null, 2));
  const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  const end = await runProcess({
    command: [npm, 'ci', ...flags, '--loglevel=error'],
    env,
    cwd: folder,
    input: '',
    signal,
    onText: () => undefined,
    folder,
  });
  if (end.status === 'aborted') return { why: 'it was cancelled' };
  if (end.status !== 'exited' || end.code !== 0) return whyOf(end);
  if (!(await exists(join(folder, proof)))) return { why: 'npm left no module behind' };
  for (const path of unneeded) await rm(join(folder, path), { recursive: true, force: true });
  return undefined;
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

/** Puts the folder into its place at once; another process may have been faster. */
async function settle(beside: string, folder: string): Promise<void> {
  await rename(beside, folder).catch(async (error: unknown) => {
    if (!(await exists(folder))) throw error;
  });
}

function failed({ title }: PinnedPackages, { why, remedy: helps }: Refusal): Installed {
  const message = `Cannot install ${title}: ${why.replaceAll(/\s+/g, ' ')}`;
  return { status: 'failed', message, ...(helps === undefined ? undefined : { remedy: helps }) };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
