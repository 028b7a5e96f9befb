import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { contextMaxBytes, readContext } from './read-context.ts';
import { textMaxBytes } from './read-text-file.ts';

let cwd: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'read-context-'));
  cwd = join(folder, 'project');
  mkdirSync(join(cwd, 'src'), { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

test('readContext() gives each file once, by its path from the working directory', async () => {
  writeFileSync(join(cwd, 'src/a.ts'), 'a\n');
  writeFileSync(join(cwd, '../b.ts'), 'b');
  expect(await readContext(['src/a.ts', './src/a.ts', join(cwd, '../b.ts')], cwd)).toEqual([
    { path: 'src/a.ts', text: 'a\n' },
    { path: '../b.ts', text: 'b' },
  ]);
});

test('readContext() takes an empty file', async () => {
  writeFileSync(join(cwd, 'empty'), '');
  expect(await readContext(['empty'], cwd)).toEqual([{ path: 'empty', text: '' }]);
});

test('readContext() names the file that it cannot use', async () => {
  await expect(readContext(['src/none.ts'], cwd)).rejects.toThrow(
    'Cannot read the context file "src/none.ts": there is no such file',
  );
  await expect(readContext(['src'], cwd)).rejects.toThrow(
    'Cannot read the context file "src": it is a directory',
  );
});

test('readContext() refuses more than it may send', async () => {
  const count = contextMaxBytes / textMaxBytes + 1;
  const names = Array.from({ length: count }, (_, index) => `${index}.txt`);
  for (const name of names) writeFileSync(join(cwd, name), 'a'.repeat(textMaxBytes));
  await expect(readContext(names, cwd)).rejects.toThrow('have more than 4 MiB');
});
