import { join } from 'node:path';
import { dataFolder } from '../config/places.ts';
import type { HistoryStore } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { HistorySettings } from '../domain/settings.ts';
import { realClock } from './real-clock.ts';
import { type Removing, removeOlder } from './remove-older.ts';

/** The history of one set of settings, opened when it is first needed. */
export interface OpenHistory {
  /** Undefined where runs are not kept. Rejects with `bad-history`. */
  store(): Promise<HistoryStore | undefined>;
  close(): Promise<void>;
}

/** Milliseconds of a day. */
const dayMs = 86_400_000;

/** Makes what opens the history where the settings want it. */
export function openHistory(
  settings: HistorySettings,
  env: Readonly<Record<string, string | undefined>>,
): OpenHistory {
  let opening: Promise<Opened> | undefined;
  return {
    store: async () => {
      if (settings.keep !== true) return undefined;
      opening ??= open(settings, env);
      return (await opening).store;
    },
    close: async () => {
      const opened = await opening;
      opening = undefined;
      await opened?.removing?.stop();
      await opened?.store.close();
    },
  };
}

/** What is thrown where a history is asked for and runs are not kept. */
export function noHistory(): OrchestratorError {
  return new OrchestratorError('bad-history', 'Cannot use the history: it is switched off', {
    hint: 'Use --history FILE, or take "history": false out of the configuration',
  });
}

interface Opened {
  readonly store: HistoryStore;
  readonly removing: Removing | undefined;
}

async function open(
  { path, retentionDays }: HistorySettings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Opened> {
  // The command tells its version and its help without it.
  const [{ sqliteHistory }, { isGone, thisHolder }] = await Promise.all([
    import('../history/sqlite/sqlite-history.ts'),
    import('../history/holder.ts'),
  ]);
  const tools = { now: realClock.now, holder: thisHolder(), isGone };
  const store = sqliteHistory(path ?? join(dataFolder(env), 'history.db'), tools);
  if (retentionDays === undefined) return { store, removing: undefined };
  const beforeMs = realClock.now() - retentionDays * dayMs;
  return { store, removing: removeOlder(store, beforeMs, realClock) };
}
