import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** Brings what was committed onto the disk. */
export interface LogSync {
  /** Resolves once everything that was committed before is on the disk. Rejects with what the system says. */
  sync(): Promise<void>;
  /** Is to be called before the database is closed. */
  close(): Promise<void>;
}

/**
 * Syncs the write-ahead log of a database in place of SQLite, which holds the whole program up for as long as the
 * disk takes. SQLite goes on to sync before it moves the log into the file, so that nothing can be torn:
 * https://www.sqlite.org/pragma.html#pragma_synchronous. A database without a log is left to it.
 */
export function logSync(database: DatabaseSync, path: string): LogSync {
  const { journal_mode: mode } = database.prepare('PRAGMA journal_mode').get() ?? {};
  if (mode !== 'wal') return { sync: async () => undefined, close: async () => undefined };
  database.exec('PRAGMA synchronous = NORMAL');
  let opening: Promise<FileHandle> | undefined;
  return {
    sync: async () => {
      // What stood in its way, such as too many open files, can pass.
      opening ??= openLog(path).catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      const log = await opening;
      await log.datasync();
    },
    close: async () => {
      const log = await opening?.catch(() => undefined);
      await log?.close();
    },
  };
}

/** SQLite removes the log only with the last connection, so that it stays the same file. */
async function openLog(path: string): Promise<FileHandle> {
  const log = await open(`${path}-wal`, 'r+');
  // Windows has no directories that can be opened, and keeps their entries by itself.
  if (process.platform !== 'win32') await syncFolder(dirname(path));
  return log;
}

/** A file that is not in its folder after a crash is lost, however well it was synced itself. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
