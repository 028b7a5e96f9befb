import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PrivateFolder, privateFolder } from '../../lib/private-folder.ts';
import { denoPackage, findRuntimeParts, runtimeFolder } from './runtime-parts.ts';

let folder: PrivateFolder;
beforeEach(async () => {
  folder = await privateFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

async function putDeno(path: string, version: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho 'deno ${version} (stable)'\n`, { mode: 0o755 });
  return path;
}

const find = (PATH = '/nowhere') => findRuntimeParts(folder.path, { PATH });

test('findRuntimeParts() finds what was installed for it, and takes it over what is on PATH', async () => {
  const modules = join(runtimeFolder(folder.path), 'node_modules');
  const path = await putDeno(join(modules, denoPackage() ?? '', 'deno'), '2.9.6');
  const python = join(modules, 'just-bash', 'vendor', 'cpython-emscripten');
  await mkdir(python, { recursive: true });
  await writeFile(join(python, 'python.wasm'), '');
  await putDeno(join(folder.path, 'bin', 'deno'), '3.0.0');
  expect(await find(join(folder.path, 'bin'))).toEqual({
    deno: { path, version: '2.9.6' },
    python,
  });
});

test('findRuntimeParts() finds a Deno on PATH that is new enough', async () => {
  const path = await putDeno(join(folder.path, 'bin', 'deno'), '3.0.0');
  expect(await find(join(folder.path, 'bin'))).toEqual({
    deno: { path, version: '3.0.0' },
    python: undefined,
  });
});

test('findRuntimeParts() takes no Deno that is too old, or tells no version', async () => {
  for (const version of ['2.8.9', '1.46.3', 'x']) {
    await putDeno(join(folder.path, 'bin', 'deno'), version);
    expect((await find(join(folder.path, 'bin'))).deno).toBeUndefined();
  }
});
