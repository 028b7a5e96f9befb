import type { ConfinedProcess, ConfinedTalk, Sandbox } from '../../domain/sandbox.ts';

/** How long a driver may be silent. */
export interface Pace {
  /** Milliseconds until its first line. */
  readonly startMs: number;
  /** Milliseconds from each line to the next, which is one call. */
  readonly callMs: number;
  /** Lines for which that long is waited. */
  readonly calls: number;
}

/**
 * A sandbox that ends a driver which says nothing for too long, as one that has timed out. Where a program is slow
 * to start, one limit for all of it would be too short for the start or too long for a call.
 */
export function pacedSandbox(sandbox: Sandbox, pace: Pace): Sandbox {
  return { ...sandbox, start: (command, talk) => startPaced(sandbox, pace, { command, talk }) };
}

interface Start {
  readonly command: Parameters<Sandbox['start']>[0];
  readonly talk: ConfinedTalk;
}

function startPaced(
  sandbox: Sandbox,
  { startMs, callMs, calls }: Pace,
  { command, talk }: Start,
): ConfinedProcess {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), startMs);
  const wallMs = startMs + callMs * calls;
  const program = sandbox.start(
    { ...command, limits: { ...command.limits, wallMs } },
    {
      signal: AbortSignal.any([talk.signal, silence.signal]),
      onOutput: (chunk) => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), callMs);
        talk.onOutput(chunk);
      },
    },
  );
  const ended = program.ended.then((end) => {
    clearTimeout(timer);
    const isSilent = silence.signal.aborted && !talk.signal.aborted;
    return isSilent ? { ...end, outcome: { status: 'timed-out' as const } } : end;
  });
  return { write: (bytes) => program.write(bytes), close: () => program.close(), ended };
}
