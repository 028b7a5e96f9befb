import { open, readFile, rm } from 'node:fs/promises';
import type { Clock } from '../../domain/clock.ts';
import { startOf } from '../../lib/process-list.ts';

/** Milliseconds between two looks at what another process does. */
const lookAgainMs = 500;

/** What waiting for another process needs of the world. */
export interface TurnTools {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Waits until no other process holds the file, and holds it until it is disposed of; a holder that died
 * without letting go is passed over. Undefined when the signal aborts before. It saves work and is no
 * guarantee: two processes can both pass over a dead one.
 */
export async function takeTurn(
  path: string,
  { clock, signal }: TurnTools,
): Promise<AsyncDisposable | undefined> {
  let holder: string | undefined;
  while (!signal.aborted) {
    if (await hold(path)) return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    const before = holder;
    holder = await readFile(path, 'utf8').catch(() => undefined);
    // A file that stays empty was left by a process that died before it had written its name.
    const isLeft = holder === '' ? before === '' : holder !== undefined && !isAlive(holder);
    if (isLeft) await rm(path, { force: true });
    else await clock.sleep(lookAgainMs, signal);
  }
  return undefined;
}

async function hold(path: string): Promise<boolean> {
  try {
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(`${process.pid} ${startOf(process.pid)}`);
    return true;
  } catch (error) {
    const { code }: { readonly code?: unknown } = Object(error);
    if (code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(holder: string): boolean {
  const [pid = 0, startedAt = 0] = holder.split(' ').map(Number);
  // Zero and below are groups of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return startOf(pid) === startedAt;
  } catch (error) {
    const { code }: { readonly code?: unknown } = Object(error);
    return code === 'EPERM';
  }
}
