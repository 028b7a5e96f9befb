import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from './find-program.ts';

describe.skipIf(process.platform === 'win32')('findProgram()', () => {
  let root: string;
  let first: string;
  let second: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'find-program-'));
    first = join(root, 'first');
    second = join(root, 'second');
    await mkdir(join(first, 'tool'), { recursive: true });
    await mkdir(second);
    await writeFile(join(first, 'text'), 'no program');
    for (const name of ['tool', 'text']) {
      await writeFile(join(second, name), '#!/bin/sh\n');
      await chmod(join(second, name), 0o755);
    }
  });
  afterAll(() => rm(root, { recursive: true }));

  test('takes the first program on PATH, and neither a folder nor a plain file', async () => {
    const env = { PATH: `${first}:${second}` };
    expect(await findProgram('tool', env)).toBe(join(second, 'tool'));
    expect(await findProgram('text', env)).toBe(join(second, 'text'));
  });

  test('takes a path as it is, also one from the working directory', async () => {
    const path = join(second, 'tool');
    expect(await findProgram(path, {})).toBe(path);
    expect(await findProgram(relative(process.cwd(), path), {})).toBe(path);
  });

  test('gives null when there is none', async () => {
    expect(await findProgram('nothing', { PATH: `${first}::${second}` })).toBeNull();
    expect(await findProgram('tool', {})).toBeNull();
  });
});
