import { closeSync, fstatSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../../lib/make-folder.ts';

/** Of the schema; a file of any other is begun anew. */
const version = 1;

/** Milliseconds for which opening waits for others. */
const openingMs = 2000;

// Nothing in it outlives a crash of the machine, so nothing waits for the disk.
const settings = ['journal_mode = WAL', 'synchronous = OFF'];

/** `lease_ms` is 0 for a request that has ended, which counts in its minute only; who waits for longest has the lowest `id`. */
const schema = `
  DROP TABLE IF EXISTS standings;
  DROP TABLE IF EXISTS calls;
  DROP TABLE IF EXISTS waits;
  CREATE TABLE standings (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    holder TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    lease_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX calls_by_key ON calls (key, at_ms);
  CREATE TABLE waits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    holder TEXT NOT NULL,
    seen_ms INTEGER NOT NULL,
    UNIQUE (key, holder)
  ) STRICT;
  PRAGMA user_version = ${version};
`;

/** The result codes of a file that is no database, or a broken one: https://www.sqlite.org/rescode.html */
const damagedCodes: readonly unknown[] = [11, 26];

/** Whether SQLite says that its file is of no use. */
export function isDamaged(error: unknown): boolean {
  return damagedCodes.includes(resultCode(error));
}

/** Whether another process holds the database for a moment. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === 5 || resultCode(error) === 6;
}

/** An open database, and the number of its file. */
interface LimitsDatabase {
  readonly database: DatabaseSync;
  readonly inode: number;
}

/** Opens the database of the limits; a file that is damaged, or of another version, is begun anew. */
export function openLimitsDatabase(path: string): LimitsDatabase {
  const inode = inodeOf(path);
  try {
    return { database: open(path), inode };
  } catch (error) {
    if (!isDamaged(error)) throw error;
    throwAway(path, inode);
    return { inode: inodeOf(path), database: open(path) };
  }
}

/** Removes a damaged file, but not the one that another process has begun in its place. */
export function throwAway(path: string, inode: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.ino !== inode) return;
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: openingMs });
  try {
    for (const setting of settings) database.exec(`PRAGMA ${setting}`);
    if (versionOf(database) !== version) begin(database);
    database.exec('PRAGMA busy_timeout = 0');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function begin(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  // Another process may have been quicker.
  if (versionOf(database) !== version) database.exec(schema);
  database.exec('COMMIT');
}

/** Makes the file where it is not there, so that only its owner can read it. */
function inodeOf(path: string): number {
  makeFolder(dirname(path), 0o700);
  const file = openSync(path, 'a', 0o600);
  const { ino } = fstatSync(file);
  closeSync(file);
  return ino;
}

function versionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA user_version').get()?.['user_version'];
}

/** The primary result code, without its extension. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
