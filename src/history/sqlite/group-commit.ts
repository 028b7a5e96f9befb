import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { historyMistake, isBusy, isOfSqlite } from './history-mistake.ts';
import type { LogSync } from './log-sync.ts';

/** Milliseconds between two tries while another process writes. */
const retryMs = 5;

/** How often a commit is tried before the history counts as unusable: for about 30 seconds. */
const maxTries = 6000;

/** Writes of one process, of which all that are there at once are made durable together. */
export interface GroupCommit {
  /**
   * Does a write within a transaction and resolves, with what it gives, once it cannot be lost. It may be called
   * again when another process was in the way. Rejects with `bad-history`.
   */
  write<Result>(make: () => Result): Promise<Result>;
  /** Resolves when nothing is left to write. */
  idle(): Promise<void>;
}

interface Pending {
  readonly make: () => unknown;
  readonly settle: PromiseWithResolvers<unknown>;
}

/** What commits are made with. */
export interface CommitTools {
  readonly database: DatabaseSync;
  /** For messages. */
  readonly path: string;
  readonly log: Pick<LogSync, 'sync'>;
}

/** Joins the writes to a database; each commit waits for the disk, so that two in one take half the time. */
export function groupCommit(tools: CommitTools): GroupCommit {
  let pending: Pending[] = [];
  let flushing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    // Everything that is ready in this turn of the loop comes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.length > 0) {
      const group = pending;
      pending = [];
      await commit(group, tools);
    }
    flushing = undefined;
  };
  return {
    write: <Result>(make: () => Result) => {
      const settle = Promise.withResolvers<unknown>();
      pending.push({ make, settle });
      flushing ??= flush();
      // What `make` gives is what the promise resolves with.
      return settle.promise as Promise<Result>;
    },
    idle: async () => flushing,
  };
}

async function commit(
  group: readonly Pending[],
  { database, path, log }: CommitTools,
): Promise<void> {
  try {
    const results = await transactInTurn(database, group);
    await log.sync();
    for (const [index, { settle }] of group.entries()) settle.resolve(results[index]?.());
  } catch (error) {
    for (const { settle } of group) settle.reject(historyMistake(path, error));
  }
}

async function transactInTurn(
  database: DatabaseSync,
  group: readonly Pending[],
): Promise<readonly (() => unknown)[]> {
  for (let tries = 1; ; tries++) {
    try {
      return transact(database, group);
    } catch (error) {
      if (!isBusy(error) || tries === maxTries) throw error;
    }
    // SQLite itself would wait with the whole process, and models that answer would not be heard.
    await sleep(retryMs);
  }
}

/** One write that fails for a reason of its own does not undo the others. */
function transact(database: DatabaseSync, group: readonly Pending[]): readonly (() => unknown)[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    const results = group.map(({ make }) => outcomeOf(make));
    database.exec('COMMIT');
    return results;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function outcomeOf(make: () => unknown): () => unknown {
  try {
    const made = make();
    return () => made;
  } catch (error) {
    if (isOfSqlite(error)) throw error;
    return () => Promise.reject(error);
  }
}
