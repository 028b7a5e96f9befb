import { type ConfinedCommand, defaultSandboxLimits } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import type { ExecutionLimits } from '../execution-limits.ts';

/** What a driver is run with in Deno. */
export interface DenoScript {
  /** The path of Deno. */
  readonly deno: string;
  /** A file of `drivers/deno/`. */
  readonly script: string;
  readonly args: readonly string[];
  /** What it reads besides the drivers. */
  readonly readable: readonly string[];
  /** Seconds of processor time that starting it takes at most, and of all its calls together. */
  readonly cpuSeconds: number;
}

/** The command of a driver that does one job in Deno; `wallMs` is what its end is told by. */
export function denoCommand(
  { deno, script, args, readable, cpuSeconds }: DenoScript,
  limits: ExecutionLimits,
  wallMs: number,
): ConfinedCommand {
  const drivers = packageFile('drivers');
  return {
    program: deno,
    args: [packageFile(`drivers/deno/${script}`), ...args],
    readable: [drivers, ...readable],
    cwd: drivers,
    env: { LANG: 'C.UTF-8', TZ: 'UTC' },
    processes: 'one',
    scratch: undefined,
    limits: {
      ...defaultSandboxLimits,
      wallMs,
      cpuSeconds,
      memoryMiB: limits.memoryMiB,
      outputMaxBytes: limits.resultMaxBytes,
    },
    addressSpace: { reservedMiB: 0 },
  };
}
