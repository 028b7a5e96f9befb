import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type LevelRow, type SandboxLevel, sandboxLevels } from '../domain/sandbox.ts';
import { findProgram } from '../lib/find-program.ts';
import { confinedSandbox } from './confined-sandbox.ts';
import type { Confinement } from './confinement.ts';
import { type KernelFacts, kernelConfinement } from './kernel/kernel.ts';
import { askLandlock, findLauncher } from './launcher/launcher.ts';
import { namespaceConfinement } from './namespaces/namespaces.ts';
import { noConfinement } from './none/none.ts';
import { runtimeConfinement } from './runtime/runtime.ts';
import type { DenoProgram } from './runtime/runtime-parts.ts';
import { seatbeltConfinement, seatbeltProgram } from './seatbelt/seatbelt.ts';
import { selfTest } from './self-test.ts';
import { type SelfTestMemory, selfTestMemory } from './self-test-memory.ts';
import { nodeToolchain } from './toolchains/node-toolchain.ts';
import type { Toolchain } from './toolchains/toolchain.ts';

/** What probing depends on. */
export interface ProbeOptions {
  /** The user's own folder for what may be forgotten; results of self-tests are kept there until the next boot. */
  readonly cacheFolder: string;
  /** Whether the person said that programs may run unconfined. */
  readonly allowsNone: boolean;
  /** The Deno to confine by; undefined where there is none. */
  readonly deno: DenoProgram | undefined;
  /** The levels to look at; all of them by default. */
  readonly levels?: readonly SandboxLevel[];
}

type Missing = Omit<Extract<LevelRow, { readonly status: 'missing' }>, 'level' | 'status'>;
/** A confinement to test, with what runs the test in it, or why there is none. */
type Found = { readonly confinement: Confinement; readonly toolchain: Toolchain } | Missing;

const systemPath = { PATH: '/usr/bin:/bin:/usr/local/bin' };
const askLimitMs = 5000;

/**
 * Looks which levels are to be had on this machine: one row for each level, the strongest first. A level is
 * available when a self-test in it has passed; `none` never is, unless the person allowed it.
 */
export async function probeSandboxes(options: ProbeOptions): Promise<readonly LevelRow[]> {
  const levels = sandboxLevels.filter((level) => options.levels?.includes(level) ?? true);
  const kernel = await kernelFacts();
  const memory = await selfTestMemory(options.cacheFolder);
  const rows: LevelRow[] = [];
  for (const level of levels) {
    const found = await finders[level](options, kernel);
    rows.push(await rowOf({ level, found, memory, options }));
  }
  await memory.keep();
  return rows;
}

interface Testing {
  readonly level: SandboxLevel;
  readonly found: Found;
  readonly memory: SelfTestMemory;
  readonly options: ProbeOptions;
}

async function rowOf({ level, found, memory, options }: Testing): Promise<LevelRow> {
  if ('because' in found) return { level, status: 'missing', ...found };
  const sandbox = confinedSandbox(found.confinement);
  if (level === 'none') return { level, status: 'available', sandbox };
  const fault = await memory.result(`${level} ${sandbox.mechanism}`, () =>
    selfTest(sandbox, found.toolchain, options.cacheFolder),
  );
  if (fault === undefined) return { level, status: 'available', sandbox };
  return { level, status: 'missing', because: 'self-test-failed', found: fault };
}

type Finder = (options: ProbeOptions, kernel: KernelFacts | Missing) => Promise<Found>;

const finders: Readonly<Record<SandboxLevel, Finder>> = {
  namespaces: async (_options, kernel) => {
    if ('because' in kernel) return kernel;
    const path = await findProgram('bwrap', systemPath);
    if (path === null) return missing('no-program', 'no bwrap in /usr/bin, /bin or /usr/local/bin');
    const version = (await versionOf(path)).replace(/^bubblewrap /, '');
    return testedByNode(namespaceConfinement({ ...kernel, bubblewrap: { path, version } }));
  },
  kernel: async (_options, kernel) => {
    if ('because' in kernel) return kernel;
    if (kernel.landlock === 0) return missing('no-kernel-support', 'the kernel has no Landlock');
    return testedByNode(kernelConfinement(kernel));
  },
  seatbelt: async () => {
    if (process.platform !== 'darwin') return missing('other-system', process.platform);
    if (!existsSync(seatbeltProgram)) return missing('no-program', `no ${seatbeltProgram}`);
    return testedByNode(seatbeltConfinement());
  },
  runtime: async ({ deno }) => {
    if (deno === undefined) return missing('no-program', 'no Deno 2.9 or later');
    const toolchain = { ...nodeToolchain(), program: deno.path, args: [], env: {} };
    const confinement = runtimeConfinement({ deno: deno.path, version: deno.version });
    return { confinement, toolchain };
  },
  none: async ({ allowsNone }) =>
    allowsNone
      ? testedByNode(noConfinement())
      : missing('not-allowed', 'only the person may allow it'),
};

async function kernelFacts(): Promise<KernelFacts | Missing> {
  const { arch, platform } = process;
  if (platform !== 'linux') return missing('other-system', platform);
  if (arch !== 'x64' && arch !== 'arm64') return missing('other-system', `${platform} on ${arch}`);
  const launcher = await findLauncher();
  if (!launcher)
    return missing('no-program', 'neither Perl nor Python 3 in /usr/bin, /bin or /usr/local/bin');
  const landlock = await askLandlock(launcher, arch);
  return { launcher, architecture: arch, landlock, user: process.getuid?.() ?? 0 };
}

function testedByNode(confinement: Confinement): Found {
  return { confinement, toolchain: nodeToolchain() };
}

function missing(because: Missing['because'], found: string): Missing {
  return { because, found };
}

function versionOf(program: string): Promise<string> {
  return new Promise((done) => {
    execFile(program, ['--version'], { env: {}, timeout: askLimitMs }, (_error, stdout) =>
      done((stdout.split('\n')[0] ?? '').trim()),
    );
  });
}
