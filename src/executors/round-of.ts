import type { Observation } from '../domain/executor.ts';
import type { ResultLines } from './result-lines.ts';
import type { Round, RoundEnd } from './round.ts';

/** A driver's process that has ended. */
export interface DriverEnd {
  readonly end: RoundEnd;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** What a program that ran as a whole wrote on stdout; undefined where calls were made. */
  readonly printed: string | undefined;
}

/** Puts together what a driver wrote and how its process ended. */
export function roundOf(lines: ResultLines, ended: DriverEnd): Round {
  const { cpuMs, wallMs, printed } = ended;
  const round = { hasLoaded: lines.hasLoaded, cpuMs, wallMs };
  const end = endOf(lines, ended.end);
  if (printed === undefined || !lines.hasLoaded) {
    return { ...round, observations: lines.observations, end };
  }
  const observation = wholeOf(lines.observations[0], end, printed);
  return observation
    ? { ...round, observations: [observation], end: { status: 'done' } }
    : { ...round, observations: [], end };
}

function endOf(lines: ResultLines, end: RoundEnd): RoundEnd {
  if (end.status === 'failed') return end;
  if (lines.broken) return { status: 'broken', observation: lines.broken };
  if (lines.isComplete) return { status: 'done' };
  if (end.status === 'timed-out' || end.status === 'spent') return end;
  if (!lines.isConfined) {
    const how = end.status === 'crashed' ? end.how : 'exit 0';
    return { status: 'failed', because: `the process ended before the program was begun: ${how}` };
  }
  return lines.isSpoiled ? { status: 'crashed', how: 'wrote among its results' } : end;
}

/** A program that ends by itself with the exit code 0 has done its work, whatever its last call was. */
function wholeOf(
  said: Observation | undefined,
  end: RoundEnd,
  printed: string,
): Observation | undefined {
  if (said?.kind === 'raised') return { ...said, printed };
  if (said?.kind === 'returned' || end.status === 'done') {
    return { kind: 'returned', value: null, printed, changed: [] };
  }
  return undefined;
}
