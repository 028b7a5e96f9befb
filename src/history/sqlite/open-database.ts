import { closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../../lib/make-folder.ts';
import { cannotUse } from './history-mistake.ts';
import { migrations } from './migrations.ts';

/** What marks a file as ours: "mmoh" in ASCII. */
const applicationId = 0x6d6d6f68;

/** Milliseconds for which opening waits for others; nothing else goes on by then that it could hold up. */
const openingMs = 10_000;

const settings = [
  'journal_mode = WAL',
  'synchronous = FULL',
  // A deleted answer leaves nothing behind in the file.
  'secure_delete = ON',
  'busy_timeout = 0',
  // KiB of pages that are kept, at most: the ids of runs have no order, so that each is written somewhere else.
  'cache_size = -16384',
  // Pages of the log, 8 MiB, after which it is moved into the file, which takes some 20 ms: a page that was written
  // again is moved once.
  'wal_autocheckpoint = 2048',
];

/**
 * Opens the database of a history, and makes or migrates it first where it has to be. Throws `bad-history` for a
 * file of a later version or of another program, and what SQLite throws for one that cannot be used.
 */
export function openDatabase(path: string): DatabaseSync {
  makeFolder(dirname(path), 0o700);
  refuseSpecial(path);
  // The files that SQLite puts beside it take its mode over.
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: openingMs });
  try {
    refuseOthers(database, path);
    if (versionOf(database) < migrations.length) migrate(database);
    for (const setting of settings) database.exec(`PRAGMA ${setting}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opening a pipe waits until somebody reads it. */
function refuseSpecial(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile() || found.isDirectory()) return;
  const hint = 'Use --history with another file, or --no-history';
  throw cannotUse(path, 'it is a device or a pipe', { hint });
}

/** Before anything is written: the file of another program, or of a later version, stays as it is. */
function refuseOthers(database: DatabaseSync, path: string): void {
  const version = versionOf(database);
  const isEmpty = numberIn(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (version === 0 && isEmpty) return;
  if (numberIn(database, 'PRAGMA application_id') !== applicationId) throw notOurs(path);
  if (version <= migrations.length) return;
  const found = `it is of version ${version}, and this program knows no later one than ${migrations.length}`;
  throw cannotUse(path, found, {
    hint: 'Nothing was changed; update multi-model-orchestrator, or use --history with another file',
  });
}

function migrate(database: DatabaseSync): void {
  // What is deleted is given back to the disk; this can only be said before the first table.
  database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been quicker.
    for (const statements of migrations.slice(versionOf(database))) database.exec(statements);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function notOurs(path: string): Error {
  return cannotUse(path, 'it is the database of another program', {
    hint: 'Nothing was changed; use --history with another file',
  });
}

function versionOf(database: DatabaseSync): number {
  return numberIn(database, 'PRAGMA user_version');
}

function numberIn(database: DatabaseSync, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}
