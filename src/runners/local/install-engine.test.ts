import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageFile } from '../../lib/package-file.ts';
import { type PrivateFolder, privateFolder } from '../../lib/private-folder.ts';
import { installEngine } from './install-engine.ts';
import { engineFolder, engineModule, engineVersion } from './local-files.ts';

interface LockEntry {
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>> & { readonly '': LockEntry };
}

const shipped: LockFile = JSON.parse(readFileSync(packageFile('engine/package-lock.json'), 'utf8'));
const never = new AbortController().signal;
const brings =
  'mkdir -p node_modules/node-llama-cpp/dist; : > node_modules/node-llama-cpp/dist/index.js';

let folder: PrivateFolder;
beforeEach(async () => {
  folder = await privateFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

/** Installs with an npm that does as the shell script says. */
async function install(script: string, signal = never) {
  const bin = join(folder.path, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { PATH: `${bin}:/usr/bin:/bin`, npm_config_registry: 'http://r', SECRET: 's' };
  return installEngine(join(folder.path, 'data'), { env, signal });
}

const place = (): string => engineFolder(join(folder.path, 'data'));

test('installEngine() installs what its lock file says and one binary, running no scripts', async () => {
  const end = await install(`echo "$@" "$npm_config_registry" "$SECRET" > called; ${brings}`);
  expect(end).toEqual({ status: 'done', value: place() });
  const manifest = JSON.parse(await readFile(join(place(), 'package.json'), 'utf8'));
  expect(Object.entries(manifest.dependencies)).toEqual([
    ['node-llama-cpp', '3.21.1'],
    [expect.stringMatching(/^@node-llama-cpp\/[a-z0-9-]+$/), '3.21.1'],
  ]);
  expect((await readFile(join(place(), 'called'), 'utf8')).trim()).toBe(
    'ci --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error http://r',
  );
});

test('installEngine() hands npm a lock that has the binary as needed and the rest as it was tested', async () => {
  await install(brings);
  const lock = JSON.parse(await readFile(join(place(), 'package-lock.json'), 'utf8'));
  const manifest = JSON.parse(await readFile(join(place(), 'package.json'), 'utf8'));
  expect(lock.packages[''].dependencies).toEqual(manifest.dependencies);
  const [, binary] = Object.keys(manifest.dependencies);
  expect(lock.packages[`node_modules/${binary}`]).not.toHaveProperty('optional');
  const { '': root, [`node_modules/${binary}`]: own, ...others } = lock.packages;
  expect(shipped.packages).toMatchObject(others);
});

describe('the lock file of the engine', () => {
  const packages = Object.entries(shipped.packages).filter(([path]) => path !== '');

  test('has the version that is named, and a checksum of every package', () => {
    expect(shipped.packages[''].dependencies).toEqual({ 'node-llama-cpp': engineVersion });
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  test('names no host from which they come', () => {
    expect(packages.filter(([, entry]) => 'resolved' in entry)).toEqual([]);
  });

  test('has the packages of every platform', () => {
    const wanted = packages.flatMap(([, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies),
    );
    expect(wanted).toContain('@node-llama-cpp/mac-arm64-metal');
    for (const name of wanted) expect(shipped.packages).toHaveProperty([`node_modules/${name}`]);
  });
});

test('installEngine() installs nothing that is there', async () => {
  await install(brings);
  expect(await install('exit 1')).toMatchObject({ status: 'done' });
});

test('installEngine() lets several install at once', async () => {
  const ends = await Promise.all([install(brings), install(brings), install(brings)]);
  for (const end of ends) expect(end).toMatchObject({ status: 'done' });
  expect(await readdir(dirname(place()))).toEqual(['node-llama-cpp-3.21.1']);
  expect(engineModule(place())).toContain(place());
});

test.each([
  ['fails', 'echo E404 not found >&2; exit 1', 'npm ended with exit code 1: E404 not found'],
  [
    'says a password',
    'echo E401 https://me:pw@registry/x >&2; exit 1',
    'npm ended with exit code 1: E401 https://registry/x',
  ],
  ['brings nothing', 'exit 0', 'npm left no module behind'],
])('installEngine() leaves nothing behind when npm %s', async (_, script, why) => {
  const message = `Cannot install node-llama-cpp 3.21.1: ${why}`;
  expect(await install(script)).toEqual({ status: 'failed', message });
  expect(await readdir(dirname(place()))).toEqual([]);
});

test('installEngine() says that the registry was not reached, and what helps', async () => {
  const end = await install('echo npm error code EAI_AGAIN >&2; exit 1');
  expect(end).toMatchObject({
    message: expect.stringContaining('npm did not reach its registry: its name cannot be looked'),
    remedy: expect.stringContaining('npm config list'),
  });
});

test('installEngine() ends npm when it is cancelled', async () => {
  const controller = new AbortController();
  const installed = install('sleep 60', controller.signal);
  controller.abort();
  expect(await installed).toMatchObject({ message: expect.stringContaining('it was cancelled') });
});

test('installEngine() says when there is no npm', async () => {
  const tools = { env: { PATH: '/nowhere' }, signal: never };
  const message = 'Cannot install node-llama-cpp 3.21.1: npm was not found on PATH';
  expect(await installEngine(folder.path, tools)).toEqual({ status: 'failed', message });
});
