import type { ConfinedCommand, ConfinedEnd, Sandbox } from '../domain/sandbox.ts';
import { driverMessage } from './driver-message.ts';
import type { ExecutionLimits } from './execution-limits.ts';
import { ResultLines } from './result-lines.ts';
import type { Round, RoundEnd, RoundJob } from './round.ts';
import { roundOf } from './round-of.ts';

/** Characters of an interpreter's complaint that are told. */
const stderrMaxLength = 500;

/** What a driver's process is started with. */
export interface ConfinedRoundOptions {
  readonly sandbox: Sandbox;
  readonly command: ConfinedCommand;
  readonly limits: ExecutionLimits;
  readonly job: RoundJob;
}

/**
 * Makes calls in one confined process that runs a driver. The driver writes its lines on stdout; beside a
 * program that runs as a whole, whose stdout that is, on stderr.
 */
export async function confinedRound(
  { sandbox, command, limits, job }: ConfinedRoundOptions,
  signal: AbortSignal,
): Promise<Round | undefined> {
  const whole = job.calls.find((call) => call.kind === 'program');
  const lines = new ResultLines(job.calls.length);
  const printed: Uint8Array[] = [];
  const program = sandbox.start(command, {
    signal,
    onOutput: (chunk) => (whole ? void printed.push(chunk) : lines.push(chunk)),
  });
  program.write(driverMessage({ told: jobText(job, limits), stdin: whole?.stdin ?? '' }));
  program.close();
  const ended = await program.ended;
  if (ended.outcome.status === 'aborted') return undefined;
  if (whole) lines.push(Buffer.from(ended.stderr));
  return roundOf(lines, {
    end: lines.isConfined ? endOf(ended, command) : withStderr(endOf(ended, command), ended),
    cpuMs: ended.usage.cpuMs ?? 0,
    wallMs: ended.usage.wallMs,
    printed: whole ? Buffer.concat(printed).toString('utf8') : undefined,
  });
}

/** What a driver is told. */
export function jobText({ program, calls }: RoundJob, limits: ExecutionLimits): unknown {
  const files = program.files.map(({ path, text }) => ({ path, text }));
  return { files, calls, printedMaxBytes: limits.printedMaxBytes };
}

function endOf({ outcome }: ConfinedEnd, { limits }: ConfinedCommand): RoundEnd {
  switch (outcome.status) {
    case 'exited':
      return outcome.code === 0 ? { status: 'done' } : crashed(`exit ${outcome.code}`);
    case 'signalled':
      return crashed(outcome.signal);
    case 'timed-out':
      return { status: 'timed-out', by: 'wall', limitMs: limits.wallMs, isExact: false };
    case 'cpu-limit':
      return { status: 'timed-out', by: 'cpu', limitMs: limits.cpuSeconds * 1000, isExact: false };
    case 'not-started':
      return { status: 'failed', because: outcome.message };
    default:
      return crashed(outcome.status.replaceAll('-', ' '));
  }
}

/** Before the program is begun, what is on stderr is said by the interpreter. */
function withStderr(end: RoundEnd, { stderr }: ConfinedEnd): RoundEnd {
  if (end.status !== 'crashed') return end;
  return crashed(`${end.how} ${stderr.trim().slice(-stderrMaxLength)}`.trim());
}

function crashed(how: string): RoundEnd {
  return { status: 'crashed', how };
}
