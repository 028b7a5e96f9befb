import { defaultSandboxLimits } from '../domain/sandbox.ts';

/** What one program may use up while calls are made on it. */
export interface ExecutionLimits {
  /** Milliseconds of processor time of one call. */
  readonly callCpuMs: number;
  /** Milliseconds on the clock of one call. */
  readonly callWallMs: number;
  /** Milliseconds of processor time of all calls of one job together. */
  readonly jobCpuMs: number;
  /** Milliseconds on the clock of all calls of one job together. */
  readonly jobWallMs: number;
  /** Calls that may time out before the later ones are not made. */
  readonly timeoutsMax: number;
  readonly memoryMiB: number;
  /** Bytes that one call may print. */
  readonly printedMaxBytes: number;
  /** Bytes of all results of one process. */
  readonly resultMaxBytes: number;
}

/** The limits of a candidate; `docs/executors.md` says why. */
export const defaultExecutionLimits: ExecutionLimits = {
  callCpuMs: defaultSandboxLimits.cpuSeconds * 1000,
  callWallMs: defaultSandboxLimits.wallMs,
  jobCpuMs: 15_000,
  jobWallMs: 60_000,
  timeoutsMax: 3,
  memoryMiB: defaultSandboxLimits.memoryMiB,
  printedMaxBytes: defaultSandboxLimits.outputMaxBytes,
  resultMaxBytes: 16 * 1024 * 1024,
};
