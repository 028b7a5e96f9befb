// Runs the probes of a language in a level, as whoever starts it, and prints what came of each as JSON.
// usage: run-probes.ts LEVEL LANGUAGE SHAPE [NAME...], where LEVEL may be runtime=PATH_OF_DENO
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runConfined } from '../../src/domain/run-confined.ts';
import type { ConfinedRun, ProcessShape, Sandbox, SandboxLevel } from '../../src/domain/sandbox.ts';
import { defaultSandboxLimits } from '../../src/domain/sandbox.ts';
import { confinedSandbox } from '../../src/sandbox/confined-sandbox.ts';
import { kernelConfinement } from '../../src/sandbox/kernel/kernel.ts';
import { askLandlock, findLauncher } from '../../src/sandbox/launcher/launcher.ts';
import { probeSandboxes } from '../../src/sandbox/probe-sandboxes.ts';
import { findPython } from '../../src/sandbox/toolchains/find-python.ts';
import { nodeToolchain } from '../../src/sandbox/toolchains/node-toolchain.ts';
import type { Toolchain } from '../../src/sandbox/toolchains/toolchain.ts';

/** What came of one probe. */
export interface ProbeRow {
  readonly name: string;
  readonly kind: string;
  readonly twin: boolean;
  readonly result: 'blocked' | 'escaped' | 'not-run';
  readonly detail: string;
}

/** All rows, or why there are none. */
export type ProbeReport = { readonly rows: readonly ProbeRow[] } | { readonly missing: string };

interface Place {
  readonly folder: string;
  readonly words: string;
}

interface Probe {
  readonly name: string;
  readonly kind: string;
  readonly twin: boolean;
}

const secret = 'PROBE_SECRET_7c1f\n';
const limits = { ...defaultSandboxLimits, wallMs: 20_000, cpuSeconds: 8 };

async function main([level, language, shape, ...names]: readonly string[]): Promise<ProbeReport> {
  const isPython = language === 'python';
  const found = await available(level ?? '');
  if (typeof found === 'string') return { missing: found };
  const toolchain = await toolchainOf(isPython, denoOf(level));
  if (!toolchain) return { missing: 'no Python 3' };
  const script = new URL(isPython ? 'probes.py' : 'probes.mjs', import.meta.url).pathname;
  const listed = execFileSync(toolchain.program, [...toolchain.args, script, 'list'], {
    encoding: 'utf8',
  });
  const probes = (JSON.parse(listed) as Probe[]).filter(
    (probe) =>
      (names.length === 0 || names.includes(probe.name)) && (level !== 'none' || probe.twin),
  );
  using servers = await openServers();
  const rows: ProbeRow[] = [];
  const next = probes.values();
  const worker = async (): Promise<void> => {
    for (const probe of next)
      rows.push(
        await attempt({
          probe,
          sandbox: found,
          toolchain,
          script,
          servers,
          shape: shape as ProcessShape,
        }),
      );
  };
  await Promise.all([worker(), worker()]);
  return { rows };
}

function denoOf(level: string | undefined): string | undefined {
  return level?.split('runtime=')[1];
}

async function toolchainOf(
  isPython: boolean,
  deno: string | undefined,
): Promise<Toolchain | undefined> {
  if (isPython) return findPython({ PATH: '/usr/bin:/bin:/usr/local/bin' });
  return deno === undefined ? nodeToolchain() : { ...nodeToolchain(), program: deno, args: [] };
}

/** Levels, and what the kernel level is on older kernels or where there is no Perl. */
async function available(level: string): Promise<Sandbox | string> {
  if (level === 'kernel-of-5.13') return kernelOf('perl', 1);
  if (level === 'kernel-by-python') return kernelOf('python', undefined);
  return availableLevel(level.split('=')[0] as SandboxLevel, denoOf(level));
}

async function kernelOf(
  language: 'perl' | 'python',
  version: number | undefined,
): Promise<Sandbox | string> {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const launcher = process.platform === 'linux' ? await findLauncher([language]) : undefined;
  if (!launcher) return `no ${language}`;
  const known = await askLandlock(launcher, architecture);
  if (known === 0) return 'no Landlock';
  const user = process.getuid?.() ?? 0;
  return confinedSandbox(
    kernelConfinement({ launcher, architecture, landlock: version ?? known, user }),
  );
}

async function availableLevel(
  level: SandboxLevel,
  deno: string | undefined,
): Promise<Sandbox | string> {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'probe-cache-'));
  const [row] = await probeSandboxes({
    cacheFolder,
    allowsNone: true,
    deno: deno === undefined ? undefined : { path: deno, version: 'given' },
    levels: [level],
  });
  rmSync(cacheFolder, { recursive: true, force: true });
  if (row?.status === 'available') return row.sandbox;
  return row ? `${row.because}: ${row.found}` : 'unknown level';
}

interface Attempt {
  readonly probe: Probe;
  readonly sandbox: Sandbox;
  readonly toolchain: Toolchain;
  readonly script: string;
  readonly servers: Servers;
  readonly shape: ProcessShape;
}

async function attempt({
  probe,
  sandbox,
  toolchain,
  script,
  servers,
  shape,
}: Attempt): Promise<ProbeRow> {
  const place = makePlace(servers, probe.name === 'link_in_job');
  const before = look(place.folder);
  try {
    const { program, args, readable, env, addressSpace } = toolchain;
    const command = {
      program,
      args: [...args, script, probe.name, place.words],
      readable: [...readable, script, join(place.folder, 'job')],
      cwd: join(place.folder, 'job'),
      env: { ...env, LANG: 'C.UTF-8', PATH: '/usr/bin:/bin' },
      processes: shape,
      scratch: shape === 'one' ? undefined : { path: join(place.folder, 'scratch'), isKept: false },
      limits,
      addressSpace,
    } as const;
    const run = await runConfined(sandbox, command, {
      input: '',
      signal: AbortSignal.timeout(60_000),
    });
    const isTouched = sandbox.level !== 'none' && look(place.folder) !== before;
    return { ...probe, ...judge(run, isTouched) };
  } finally {
    rmSync(place.folder, { recursive: true, force: true });
  }
}

function judge(run: ConfinedRun, isTouched: boolean): Pick<ProbeRow, 'result' | 'detail'> {
  const detail = `${JSON.stringify(run.outcome)} ${run.stdout.slice(0, 300)} ${run.stderr.slice(-200)}`;
  if (run.stdout.includes('ESCAPED') || run.stdout.includes('PROBE_SECRET') || isTouched) {
    return { result: 'escaped', detail: isTouched ? `touched ${detail}` : detail };
  }
  return { result: run.stdout.startsWith('begin') ? 'blocked' : 'not-run', detail };
}

/** A home with a key, tests that are hidden, a job, and files of our own that a program has no business with. */
function makePlace(servers: Servers, hasLink: boolean): Place {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  for (const name of ['home/.ssh', 'hidden', 'job', 'scratch', 'outside/empty']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const files = {
    'home/.ssh/id_ed25519': secret,
    'home/secret.mjs': `export default '${secret.trim()}';`,
    'hidden/test_hidden.py': secret,
    'outside/a': 'a',
    'outside/c': 'c',
    'outside/own': 'own',
    'job/data': 'data',
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
  // Deno is not started at all where a link leads out.
  if (hasLink) symlinkSync(join(folder, 'home/.ssh/id_ed25519'), join(folder, 'job/link'));
  const words = JSON.stringify({
    scratch: join(folder, 'scratch'),
    home: join(folder, 'home'),
    hidden: join(folder, 'hidden'),
    job: join(folder, 'job'),
    outside: join(folder, 'outside'),
    own: join(folder, 'outside/own'),
    parent: process.pid,
    tcp: servers.tcp,
    http: servers.http,
    unix: servers.unix,
  });
  return { folder, words };
}

/** Names, modes, sizes and times of change of everything that a probe could touch. */
function look(folder: string): string {
  const names = [
    'home',
    'home/.ssh',
    'hidden',
    'job',
    'outside',
    'outside/empty',
    'outside/own',
    'job/data',
  ];
  return names
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false }))
    .map((stat) => `${stat?.mode} ${stat?.size} ${stat?.mtimeMs} ${stat?.ctimeMs}`)
    .join('\n');
}

interface Servers extends Disposable {
  readonly tcp: number;
  readonly http: number;
  readonly unix: string;
}

async function openServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'probe-sockets-'));
  const tcp = createServer((socket) => socket.on('error', () => undefined).end());
  const unix = createServer((socket) => socket.on('error', () => undefined).end());
  const http = createHttpServer((_request, response) => response.end('x'));
  const path = join(folder, 'socket');
  await Promise.all([
    new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done)),
    new Promise<void>((done) => unix.listen(path, done)),
    new Promise<void>((done) => http.listen(0, '127.0.0.1', done)),
  ]);
  const portOf = (server: typeof tcp): number => (server.address() as AddressInfo).port;
  return {
    tcp: portOf(tcp),
    http: portOf(http),
    unix: path,
    [Symbol.dispose]: () => {
      for (const server of [tcp, unix, http]) server.close();
      http.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// A program that could signal us would otherwise open our inspector.
process.on('SIGUSR1', () => process.stderr.write('SIGUSR1 arrived\n'));
process.stdout.write(JSON.stringify(await main(process.argv.slice(2))));
