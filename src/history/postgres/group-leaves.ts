import type { SessionKeeper } from './limits-session.ts';

interface Leave {
  readonly number: number;
  readonly tokens: number;
}

/** Makes what gives places back: those of one turn of the loop, and those that come while the server works, together. */
export function groupLeaves(
  keeper: SessionKeeper,
): (number: number, tokens: number) => Promise<void> {
  let pending: Leave[] = [];
  let flushing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    const session = await keeper.get();
    const leaves = pending;
    pending = [];
    flushing = undefined;
    await session.query('leave', 'SELECT orchestrator.leave($1, $2, $3)', [
      session.number,
      leaves.map(({ number }) => number),
      leaves.map(({ tokens }) => Math.round(tokens)),
    ]);
  };
  return (number, tokens) => {
    pending.push({ number, tokens });
    flushing ??= flush();
    return flushing;
  };
}
