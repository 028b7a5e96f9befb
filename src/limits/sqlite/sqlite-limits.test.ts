import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SharedLimits } from '../../domain/shared-limits.ts';
import { describeSharedLimits } from '../../testing/describe-shared-limits.ts';
import { sqliteLimits } from './sqlite-limits.ts';

describeSharedLimits(
  'sqliteLimits()',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'limits-'));
    return {
      open: async (tools) => sqliteLimits(join(folder, 'deep', 'limits.db'), tools),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    };
  },
  { describe, test },
);

describe('the file of sqliteLimits()', () => {
  let path: string;
  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'limits-')), 'limits.db');
  });
  afterEach(() => rm(dirname(path), { recursive: true }));

  const open = (): SharedLimits =>
    sqliteLimits(path, { now: () => 5, holder: 'me', isGone: () => false });
  const remember = (limits: SharedLimits) => limits.change('k', () => ({ quotaUntilMs: 9 }));

  test('is not made by looking into it', async () => {
    const limits = open();
    expect((await limits.standings()).size).toBe(0);
    expect(await limits.forget()).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  test('can be read by its owner alone', async () => {
    const limits = open();
    await remember(limits);
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    await limits.close();
  });

  test('is begun anew when it is no database', async () => {
    writeFileSync(path, 'a letter to a friend\n'.repeat(500));
    const limits = open();
    expect((await limits.standings()).size).toBe(0);
    await remember(limits);
    await limits.close();
    expect((await open().standings()).size).toBe(1);
  });

  test('is begun anew when a page of it is damaged', async () => {
    const first = open();
    await remember(first);
    await first.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 4096, bytes.length));
    const limits = open();
    expect((await limits.standings()).size).toBe(0);
    await remember(limits);
    expect((await limits.standings()).size).toBe(1);
    await limits.close();
  });

  test('is begun anew when it is of another version', async () => {
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE standings (other TEXT); PRAGMA user_version = 99');
    database.close();
    const limits = open();
    await remember(limits);
    expect((await limits.standings()).get('k')).toEqual({ quotaUntilMs: 9 });
    await limits.close();
  });

  test('is told to be unusable where it cannot be made', async () => {
    writeFileSync(path, '');
    const limits = sqliteLimits(join(path, 'limits.db'), {
      now: () => 5,
      holder: 'me',
      isGone: () => false,
    });
    await expect(remember(limits)).rejects.toThrow('ENOTDIR');
  });
});
