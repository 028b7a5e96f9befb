import { constants } from 'node:os';
import { jobText } from '../confined-round.ts';
import type { ExecutionLimits } from '../execution-limits.ts';
import { ResultLines } from '../result-lines.ts';
import type { Round, RoundEnd, RoundJob } from '../round.ts';
import { roundOf } from '../round-of.ts';
import type { ForkEnd, ForkServer } from './fork-server.ts';

/** What a fork is asked for. */
export interface ForkRoundOptions {
  readonly server: ForkServer;
  readonly job: RoundJob;
  readonly limits: ExecutionLimits;
}

/** Milliseconds by which the server may be late with the end of a fork. */
const graceMs = 10_000;

/** Makes calls in one fork. Rejects when the server was lost or the signal aborted. */
export async function forkRound(
  { server, job, limits }: ForkRoundOptions,
  signal: AbortSignal,
): Promise<Round> {
  const whole = job.calls.find((call) => call.kind === 'program');
  const lines = new ResultLines(job.calls.length);
  const printed: Buffer[] = [];
  // Processor time of a process is limited in whole seconds.
  const cpuSeconds = Math.ceil(job.cpuLeftMs / 1000);
  const bytesMax = whole ? limits.printedMaxBytes : limits.resultMaxBytes;
  const ended = await server.run(
    {
      told: jobText(job, limits),
      stdin: whole?.stdin ?? '',
      numbers: [limits.callCpuMs, limits.callWallMs, bytesMax, cpuSeconds],
      onResult: (data) => lines.push(data),
      onOutput: (data) => void printed.push(Buffer.from(data)),
      patienceMs: (job.calls.length + 1) * limits.callWallMs + graceMs,
    },
    signal,
  );
  return roundOf(lines, {
    end: endOf(ended, limits, cpuSeconds * 1000),
    cpuMs: ended.cpuMs,
    wallMs: ended.wallMs,
    printed: whole ? Buffer.concat(printed).toString('utf8') : undefined,
  });
}

function endOf(
  { reason, status, cpuMs }: ForkEnd,
  { callCpuMs, callWallMs }: ExecutionLimits,
  cpuMaxMs: number,
): RoundEnd {
  if (reason === 'output') return { status: 'crashed', how: 'output limit' };
  if (reason === 'cpu')
    return { status: 'timed-out', by: 'cpu', limitMs: callCpuMs, isExact: true };
  if (reason === 'wall')
    return { status: 'timed-out', by: 'wall', limitMs: callWallMs, isExact: true };
  if (status === 0) return { status: 'done' };
  if (status > 0) return { status: 'crashed', how: `exit ${status}` };
  // The kernel ends a process for its processor time as it ends one for any other reason.
  if (-status === constants.signals.SIGKILL && cpuMs >= cpuMaxMs - 50) return { status: 'spent' };
  return { status: 'crashed', how: signalName(-status) };
}

function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return entry?.[0] ?? `signal ${number}`;
}
