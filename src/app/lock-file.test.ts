import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { thisHolder } from '../history/holder.ts';
import { lockFile } from './lock-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, 'out.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The name of a process of this machine that has ended: no process began when this one did and has its number. */
const gone = (): string => thisHolder().replace(/ \d+ \S+$/, ' 1 0');

describe('lockFile()', () => {
  test('keeps a file for one until it is given back, and leaves nothing behind', async () => {
    const unlock = await lockFile(path);
    await expect(lockFile(path)).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringContaining(`another process (${process.pid}) writes to it`),
    });
    await unlock();
    await (await lockFile(path))();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('takes the lock of a process that has ended', async () => {
    writeFileSync(`${path}.lock`, gone());
    const unlock = await lockFile(path);
    expect(existsSync(`${path}.lock`)).toBe(true);
    await unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says that the folder is not there', async () => {
    await expect(lockFile(join(folder, 'none', 'out.jsonl'))).rejects.toMatchObject({
      code: 'unwritable-output',
      message: expect.stringContaining('its folder is not there'),
    });
  });
});
