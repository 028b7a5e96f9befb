import type { Look } from '../report/line.ts';
import type { CommandIo } from './command-io.ts';

/** What is asked of a stream before writing to it. */
export interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

type Env = CommandIo['env'];

/** Whether a stream is a terminal that understands cursor codes and that a person watches. */
export function isLive({ isTTY }: Stream, { CI, TERM }: Env): boolean {
  return isTTY === true && TERM !== 'dumb' && !isSet(CI);
}

/** What can be shown on a stream: lines have an end only on a terminal. */
export function lookOf(stream: Stream, env: Env): Look {
  const { LC_ALL, TERM } = env;
  return {
    color: usesColor(stream, env),
    width: stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY,
    unicode: TERM !== 'linux' && LC_ALL !== 'C' && LC_ALL !== 'POSIX',
  };
}

/** NO_COLOR decides first, then FORCE_COLOR, then what the stream is. */
function usesColor({ isTTY }: Stream, { FORCE_COLOR, NO_COLOR, TERM }: Env): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR === '' || isSet(FORCE_COLOR);
  return isTTY === true && TERM !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
