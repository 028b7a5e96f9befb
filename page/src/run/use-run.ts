import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { followRun } from '../api/follow-run.ts';
import { type ServerClock, serverClock } from '../api/server-clock.ts';
import { isTokenWanted, watchToken } from '../api/token.ts';
import { type RunStore, runStore } from './run-store.ts';
import type { RunView } from './run-view.ts';

/** A run that is followed. */
export interface FollowedRun {
  readonly store: RunStore;
  readonly clock: ServerClock;
  readonly view: RunView;
  /** Why it cannot be followed; null while it can. */
  readonly error: unknown;
  /** Whether everything was told. */
  readonly hasEnded: boolean;
  /** Follows it anew, as after it was gone on with. */
  readonly again: () => void;
}

/** Follows a run for as long as it is shown. */
export function useRun(id: string): FollowedRun {
  const [round, setRound] = useState(0);
  const [ended, setEnded] = useState<{ readonly round: string; readonly error: unknown } | null>(
    null,
  );
  const name = `${id} ${round}`;
  const clock = useMemo(() => serverClock(() => performance.now()), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run, or another look at it, begins with nothing told.
  const store = useMemo(() => runStore((callback) => requestAnimationFrame(callback)), [name]);
  useEffect(() => watchToken(() => !isTokenWanted() && setRound((before) => before + 1)), []);
  useEffect(() => {
    const stop = new AbortController();
    const { tell: onTold, tellConnection: onConnection } = store;
    const follower = { onTold, onConnection, onTime: clock.hear };
    followRun(id, follower, stop.signal).then(
      () => stop.signal.aborted || setEnded({ round: name, error: null }),
      (error: unknown) => stop.signal.aborted || setEnded({ round: name, error }),
    );
    return () => stop.abort();
  }, [id, name, store, clock]);
  const view = useSyncExternalStore(store.watch, store.view);
  const isCurrent = ended?.round === name;
  return {
    store,
    clock,
    view,
    error: isCurrent ? ended.error : null,
    hasEnded: isCurrent && ended.error === null,
    again: () => setRound((before) => before + 1),
  };
}
