import { join } from 'node:path';
import { dataFolder } from '../config/places.ts';
import type { HistoryStore } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { HistoryServer, HistorySettings } from '../domain/settings.ts';
import { shownPostgresUrl } from '../lib/postgres-url.ts';
import { realClock } from './real-clock.ts';
import { type Removing, removeOlder } from './remove-older.ts';

/** The history of one set of settings, opened when it is first needed. */
export interface OpenHistory {
  /** Undefined where runs are not kept. Rejects with `bad-history`. */
  store(): Promise<HistoryStore | undefined>;
  close(): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Milliseconds of a day. */
const dayMs = 86_400_000;

/** Where a history is opened. */
export interface HistoryPlace {
  readonly env: Variables;
  /** Whether a history in a file has a thread of its own, which takes some 50 ms to begin. */
  readonly inThread?: boolean | undefined;
}

/** Makes what opens the history where the settings want it. */
export function openHistory(settings: HistorySettings, place: HistoryPlace): OpenHistory {
  let opening: Promise<Opened> | undefined;
  // What stood in its way can pass, and who asks next may find it open again.
  const forget = (): void => {
    opening = undefined;
  };
  return {
    store: async () => {
      if (settings.keep !== true) return undefined;
      opening ??= open(settings, place, forget).catch((error: unknown) => {
        forget();
        throw error;
      });
      return (await opening).store;
    },
    close: async () => {
      // What could not be opened was told to who asked for it, and has nothing to close.
      const opened = await opening?.catch(() => undefined);
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
  settings: HistorySettings,
  place: HistoryPlace,
  onEnd: () => void,
): Promise<Opened> {
  const { retentionDays } = settings;
  const store = await openStore(settings, place, onEnd);
  if (retentionDays === undefined) return { store, removing: undefined };
  const beforeMs = realClock.now() - retentionDays * dayMs;
  return { store, removing: removeOlder(store, beforeMs, realClock) };
}

/** Nothing of either kind is loaded before it is needed: the command tells its version and its help without. */
async function openStore(
  { path, server }: HistorySettings,
  { env, inThread }: HistoryPlace,
  onEnd: () => void,
): Promise<HistoryStore> {
  const file = path ?? join(dataFolder(env), 'history.db');
  if (server === undefined && inThread) {
    const { openInThread } = await import('./open-in-thread.ts');
    return openInThread(file, ({ message }) => {
      process.emitWarning(`${message}; it is opened anew`);
      onEnd();
    });
  }
  const { isGone, thisHolder } = await import('../history/holder.ts');
  const tools = { now: realClock.now, holder: thisHolder(), isGone };
  if (server === undefined) {
    const { sqliteHistory } = await import('../history/sqlite/sqlite-history.ts');
    return sqliteHistory(file, tools);
  }
  const { postgresHistory } = await import('../history/postgres/postgres-history.ts');
  return postgresHistory({ url: server.url, password: passwordOf(server, env) }, tools);
}

function passwordOf({ url, passwordEnv }: HistoryServer, env: Variables): string | undefined {
  const password = passwordEnv === undefined ? undefined : env[passwordEnv];
  if (passwordEnv === undefined || (password !== undefined && password !== '')) return password;
  throw new OrchestratorError(
    'bad-history',
    `Cannot use the history ${shownPostgresUrl(url)}: ${passwordEnv} is not set, wanted the password in it`,
  );
}
