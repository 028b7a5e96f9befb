import { join } from 'node:path';
import { dataFolder } from '../config/places.ts';
import type { HistoryStore } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { HistorySettings } from '../domain/settings.ts';
import { realClock } from './real-clock.ts';

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
  let opening: Promise<HistoryStore> | undefined;
  return {
    store: async () => {
      if (settings.keep !== true) return undefined;
      opening ??= open(settings, env);
      return opening;
    },
    close: async () => {
      const store = await opening;
      opening = undefined;
      await store?.close();
    },
  };
}

/** What is thrown where a history is asked for and runs are not kept. */
export function noHistory(): OrchestratorError {
  return new OrchestratorError('bad-history', 'Cannot use the history: it is switched off', {
    hint: 'Use --history FILE, or take "history": false out of the configuration',
  });
}

async function open(
  { path, retentionDays }: HistorySettings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HistoryStore> {
  // The command tells its version and its help without it.
  const [{ sqliteHistory }, { isGone, thisHolder }] = await Promise.all([
    import('../history/sqlite/sqlite-history.ts'),
    import('../history/holder.ts'),
  ]);
  const tools = { now: realClock.now, holder: thisHolder(), isGone };
  const store = sqliteHistory(path ?? join(dataFolder(env), 'history.db'), tools);
  if (retentionDays !== undefined) await removeOlder(store, retentionDays);
  return store;
}

async function removeOlder(store: HistoryStore, retentionDays: number): Promise<void> {
  const old = await store.list({ beforeMs: realClock.now() - retentionDays * dayMs });
  if (old.length > 0) await store.remove(old.map(({ id }) => id));
}
