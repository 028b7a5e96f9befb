import { dirname } from 'node:path';
import { type ConfinedCommand, defaultSandboxLimits } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import { nodeToolchain } from '../../sandbox/toolchains/node-toolchain.ts';
import { confinedRound } from '../confined-round.ts';
import type { ExecutionLimits } from '../execution-limits.ts';
import type { Language, LanguagePlace } from '../language.ts';
import type { Round, RoundJob } from '../round.ts';
import { inJavaScript } from './in-javascript.ts';

/** MiB of V8's young objects, which its limit of the heap does not count. */
const youngMiB = 8;

/** Runs JavaScript and TypeScript: a process of Node, the one that runs us, for each program. */
export function javascript(place: LanguagePlace): Language {
  return {
    missing: async () => undefined,
    run: (job, signal) => run(job, place, signal),
    close: async () => undefined,
  };
}

async function run(
  job: RoundJob,
  { sandbox, limits }: LanguagePlace,
  signal: AbortSignal,
): Promise<Round | undefined> {
  const ready = inJavaScript(job);
  if ('status' in ready) {
    return { hasLoaded: false, observations: [], end: ready, cpuMs: 0, wallMs: 0 };
  }
  const command = nodeCommand(limits);
  return confinedRound({ sandbox, command, limits, job: ready }, signal);
}

function nodeCommand(limits: ExecutionLimits): ConfinedCommand {
  const { program, readable, env, addressSpace } = nodeToolchain();
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
    readable: [...readable, folder],
    cwd: folder,
    env: { ...env, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
    processes: 'one',
    scratch: undefined,
    limits: {
      ...defaultSandboxLimits,
      wallMs: limits.callWallMs,
      cpuSeconds: Math.ceil(limits.callCpuMs / 1000),
      memoryMiB: limits.memoryMiB,
      outputMaxBytes: limits.resultMaxBytes,
    },
    addressSpace,
  };
}
