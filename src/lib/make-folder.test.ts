import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyUnwritable } from './file-trouble.ts';
import { makeFolder } from './make-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'make-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function troubleOf(path: string): string | undefined {
  try {
    makeFolder(path);
    return undefined;
  } catch (error) {
    return whyUnwritable(error);
  }
}

test('makeFolder() makes what is missing above a folder, and leaves what is there', () => {
  const path = join(folder, 'a', 'b');
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  for (const each of [path, join(folder, 'a')]) expect(statSync(each).mode & 0o777).toBe(0o700);
});

test('makeFolder() says so where a part of the path is a file', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(troubleOf(join(folder, 'file', 'a', 'b'))).toBe('a part of the path is a file');
});

test.runIf(existsSync('/proc/self'))('makeFolder() ends where no folder can be made', () => {
  expect(troubleOf('/proc/nowhere/a')).toBe('no directory can be made there');
});
