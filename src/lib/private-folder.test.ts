import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { privateFolder } from './private-folder.ts';

test('privateFolder() makes a folder that only its owner can read, and removes it with its files', async () => {
  let path: string;
  {
    await using folder = await privateFolder();
    ({ path } = folder);
    await folder.write({ 'a/b.txt': 'text', 'empty/': '' });
    expect(await readFile(join(path, 'a/b.txt'), 'utf8')).toBe('text');
    expect(await readdir(join(path, 'empty'))).toEqual([]);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o077).toBe(0);
  }
  expect(existsSync(path)).toBe(false);
});

test('privateFolder() leaves no folder behind a process that exits before it is disposed of', () => {
  const module = JSON.stringify(new URL('./private-folder.ts', import.meta.url).href);
  const script = `const { privateFolder } = await import(${module});
    const folder = await privateFolder();
    await folder.write({ 'a/b.txt': 'text' });
    console.log(folder.path);
    process.exit(0);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(stdout.trim()).toMatch(/orchestrator-/);
  expect(existsSync(stdout.trim())).toBe(false);
});
