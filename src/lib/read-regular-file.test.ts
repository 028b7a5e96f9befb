import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyUnreadable } from './file-trouble.ts';
import { readRegularFile } from './read-regular-file.ts';

const mebibyte = 1024 * 1024;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regular-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function troubleOf(path: string): string | undefined {
  try {
    readRegularFile(path, mebibyte);
    return undefined;
  } catch (error) {
    return whyUnreadable(error);
  }
}

test('readRegularFile() reads a file of at most so many bytes', () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'x'.repeat(mebibyte));
  expect(readRegularFile(path, mebibyte)).toHaveLength(mebibyte);
  writeFileSync(path, 'x'.repeat(mebibyte + 1));
  expect(troubleOf(path)).toBe('it is longer than 1 MiB, the most that is read');
});

test('readRegularFile() says what else it found', () => {
  expect(troubleOf(join(folder, 'none'))).toBe('there is no such file');
  expect(troubleOf(folder)).toContain('it is a directory');
});

describe.skipIf(!existsSync('/dev/zero'))('where there are devices and pipes', () => {
  test('readRegularFile() refuses them, also with nobody at the other end', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of ['/dev/zero', pipe])
      expect(troubleOf(path)).toBe('it is a device or a pipe, and a file is wanted');
  });
});
