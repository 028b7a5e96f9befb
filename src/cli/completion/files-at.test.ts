import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesAt } from './files-at.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-at-'));
  mkdirSync(join(folder, 'sub'));
  symlinkSync('sub', join(folder, 'such'));
  for (const name of ['task.md', '.hidden', 'two\nlines', 'sub/task 2.md']) {
    writeFileSync(join(folder, name), '');
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['', ['sub/', 'such/', 'task.md']],
  ['su', ['sub/', 'such/']],
  ['sub/', ['sub/task 2.md']],
  ['./t', ['./task.md']],
  ['.', ['.hidden']],
  ['nowhere/', []],
])('filesAt() lists for %j the paths %j', async (start, found) => {
  expect(await filesAt(start, folder)).toEqual(found);
});

test('filesAt() lists what lies at an absolute path', async () => {
  expect(await filesAt(`${folder}/ta`, '/')).toEqual([`${folder}/task.md`]);
});
