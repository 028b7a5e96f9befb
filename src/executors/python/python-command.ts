import { dirname } from 'node:path';
import { type ConfinedCommand, defaultSandboxLimits } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import type { Toolchain } from '../../sandbox/toolchains/toolchain.ts';
import type { ExecutionLimits } from '../execution-limits.ts';

/** What a server may take besides the memory of a fork, and for all its forks together. */
const serverLimits = {
  wallMs: 86_400_000,
  cpuSeconds: 3600,
  moreMiB: 64,
  processes: 512,
  outputMaxBytes: Number.MAX_SAFE_INTEGER,
} as const;

/** The command of a warm interpreter that forks. */
export function serverCommand(python: Toolchain, { memoryMiB }: ExecutionLimits): ConfinedCommand {
  const { moreMiB, ...limits } = serverLimits;
  return {
    ...commandOf(python, 'serve'),
    processes: 'server',
    limits: { ...defaultSandboxLimits, ...limits, memoryMiB: memoryMiB + moreMiB },
  };
}

/** The command of an interpreter that does one job by itself. */
export function onceCommand(python: Toolchain, limits: ExecutionLimits): ConfinedCommand {
  return {
    ...commandOf(python, 'once'),
    processes: 'one',
    limits: {
      ...defaultSandboxLimits,
      wallMs: limits.callWallMs,
      cpuSeconds: Math.ceil(limits.callCpuMs / 1000),
      memoryMiB: limits.memoryMiB,
      outputMaxBytes: limits.resultMaxBytes,
    },
  };
}

function commandOf(
  { program, readable, addressSpace }: Toolchain,
  mode: 'serve' | 'once',
): Omit<ConfinedCommand, 'processes' | 'limits'> {
  const driver = packageFile('drivers/python/main.py');
  const folder = dirname(driver);
  return {
    program,
    args: ['-s', '-S', '-B', driver, mode],
    readable: [...readable, folder],
    cwd: folder,
    // The order of sets of texts is the same in every process, so that a run can be repeated.
    env: { PATH: '/usr/bin:/bin', PYTHONHASHSEED: '0', LANG: 'C.UTF-8', TZ: 'UTC' },
    scratch: undefined,
    addressSpace,
  };
}
