import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type ConfinedCommand, defaultSandboxLimits } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import { confinedRound } from '../confined-round.ts';
import type { ExecutionLimits } from '../execution-limits.ts';
import type { Round, RoundJob } from '../round.ts';
import type { Toolchain, ToolchainPlace } from '../toolchain.ts';
import { inJavaScript } from './in-javascript.ts';

/** MiB that V8 reserves and that count as its data. */
const reservedMiB = 512;
/** MiB of V8's young objects, which its limit of the heap does not count. */
const youngMiB = 8;

/** Runs JavaScript and TypeScript: a process of Node, the one that runs us, for each program. */
export function javascript(place: ToolchainPlace): Toolchain {
  return {
    missing: async () => undefined,
    run: (job, signal) => run(job, place, signal),
    close: async () => undefined,
  };
}

async function run(
  job: RoundJob,
  { sandbox, limits }: ToolchainPlace,
  signal: AbortSignal,
): Promise<Round | undefined> {
  const ready = inJavaScript(job);
  if ('status' in ready) {
    return { hasLoaded: false, observations: [], end: ready, cpuMs: 0, wallMs: 0 };
  }
  const command = await nodeCommand(limits);
  return confinedRound({ sandbox, command, limits, job: ready }, signal);
}

async function nodeCommand(limits: ExecutionLimits): Promise<ConfinedCommand> {
  const program = await realpath(process.execPath);
  const driver = packageFile('drivers/javascript/main.cjs');
  const folder = dirname(driver);
  const heapMiB = Math.floor(limits.memoryMiB / 2);
  return {
    program,
    args: [
      `--max-old-space-size=${heapMiB}`,
      `--max-semi-space-size=${youngMiB}`,
      '--no-warnings',
      driver,
    ],
    readable: [program, folder],
    cwd: folder,
    // Node ends when it cannot read the configuration of OpenSSL, which lies outside.
    env: { PATH: '/usr/bin:/bin', OPENSSL_CONF: '/dev/null', LANG: 'C.UTF-8', TZ: 'UTC' },
    processes: 'one',
    scratch: undefined,
    limits: {
      ...defaultSandboxLimits,
      wallMs: limits.callWallMs,
      cpuSeconds: Math.ceil(limits.callCpuMs / 1000),
      memoryMiB: limits.memoryMiB,
      outputMaxBytes: limits.resultMaxBytes,
    },
    addressSpace: { reservedMiB },
  };
}
