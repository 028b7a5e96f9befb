import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { groupCommit } from './group-commit.ts';
import { logSync } from './log-sync.ts';
import { openDatabase } from './open-database.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'log-')), 'history.db');
});
afterEach(() => rmSync(dirname(path), { recursive: true }));

const synchronous = (database: DatabaseSync): unknown =>
  database.prepare('PRAGMA synchronous').get()?.['synchronous'];

describe('logSync()', () => {
  test('takes the syncs of a database with a log over, and brings what was committed onto the disk', async () => {
    const database = openDatabase(path);
    const log = logSync(database, path);
    expect(synchronous(database)).toBe(1);
    database.exec('CREATE TABLE some (value TEXT)');
    await log.sync();
    await log.sync();
    await log.close();
    database.close();
  });

  test('leaves a database without a log to SQLite, which syncs each commit', async () => {
    const database = new DatabaseSync(path);
    const log = logSync(database, path);
    await log.sync();
    await log.close();
    expect(synchronous(database)).toBe(2);
    database.close();
  });

  test('tells that the log is gone', async () => {
    const database = openDatabase(path);
    await expect(logSync(database, join(path, 'other')).sync()).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
    database.close();
  });
});

test('logSync() opens the log once more after a time that it could not', async () => {
  const database = openDatabase(path);
  const other = join(dirname(path), 'other.db');
  const log = logSync(database, other);
  await expect(log.sync()).rejects.toMatchObject({ code: 'ENOENT' });
  writeFileSync(`${other}-wal`, '');
  await log.sync();
  await log.close();
  database.close();
});

describe('groupCommit()', () => {
  test('resolves a write once the log is on the disk, and takes what comes meanwhile together', async () => {
    const database = new DatabaseSync(path);
    const synced: PromiseWithResolvers<void>[] = [];
    const sync = (): Promise<void> => {
      const next = Promise.withResolvers<void>();
      synced.push(next);
      return next.promise;
    };
    const commits = groupCommit({ database, path, log: { sync } });
    const told: string[] = [];
    const write = async (name: string): Promise<void> => {
      told.push(await commits.write(() => name));
    };
    const first = write('a');
    await expect.poll(() => synced).toHaveLength(1);
    const others = [write('b'), write('c')];
    expect(told).toEqual([]);
    synced[0]?.resolve();
    await first;
    expect(told).toEqual(['a']);
    await expect.poll(() => synced).toHaveLength(2);
    synced[1]?.resolve();
    await Promise.all(others);
    expect(told).toEqual(['a', 'b', 'c']);
    await commits.idle();
    database.close();
  });

  test('rejects the writes that the disk did not take', async () => {
    const database = new DatabaseSync(path);
    const failing = Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'fdatasync' });
    const commits = groupCommit({
      database,
      path,
      log: { sync: () => Promise.reject(failing) },
    });
    await expect(commits.write(() => 'a')).rejects.toMatchObject({
      code: 'bad-history',
      message: expect.stringContaining('the disk cannot be read or written'),
    });
    database.close();
  });
});
