import { readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../test/support/folder-with.ts';
import { distrust, isTrusted, trustedFolders, trustFolder } from './trust.ts';

const envIn = (folder: string) => ({ HOME: folder, XDG_STATE_HOME: join(folder, 'state') });
const storeIn = (folder: string): string =>
  join(folder, 'state', 'multi-model-orchestrator', 'trusted-folders');

test('isTrusted() is true for exactly the folder that was allowed', async () => {
  await using at = await folderWith({ 'a/inner/': '', 'b/': '' });
  const env = envIn(at.path);
  expect(await isTrusted(join(at.path, 'a'), env)).toBe(false);
  expect(await trustFolder(join(at.path, 'a'), env)).toBe(realpathSync(join(at.path, 'a')));
  const folders = ['a', 'a/inner', '.', 'b', 'gone'];
  const trusted = await Promise.all(folders.map((name) => isTrusted(join(at.path, name), env)));
  expect(trusted).toEqual([true, false, false, false, false]);
});

test('isTrusted() goes by the real path of a folder', async () => {
  await using at = await folderWith({ 'a/': '', 'b/': '' });
  const env = envIn(at.path);
  const link = join(at.path, 'link');
  symlinkSync(join(at.path, 'a'), link, 'dir');
  await trustFolder(link, env);
  expect(await isTrusted(join(at.path, 'a'), env)).toBe(true);
  await rm(link);
  symlinkSync(join(at.path, 'b'), link, 'dir');
  expect(await isTrusted(link, env)).toBe(false);
});

test('distrust() takes trust back, also for a folder that is gone', async () => {
  await using at = await folderWith({ 'a/': '' });
  const env = envIn(realpathSync(at.path));
  const folder = join(realpathSync(at.path), 'a');
  await trustFolder(folder, env);
  await rm(folder, { recursive: true });
  expect(await distrust(folder, env)).toBe(true);
  expect(await distrust(folder, env)).toBe(false);
});

test('trustFolder() loses no folder when many are allowed at once', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `folder-${index}`);
  await using at = await folderWith(Object.fromEntries(names.map((name) => [`${name}/`, ''])));
  const env = envIn(at.path);
  const folders = names.map((name) => join(at.path, name));
  await Promise.all([...folders, ...folders].map((folder) => trustFolder(folder, env)));
  const trusted = await Promise.all(folders.map((folder) => isTrusted(folder, env)));
  expect(trusted).toEqual(names.map(() => true));
  const listed = await trustedFolders(env);
  expect(new Set(listed)).toEqual(new Set(folders.map((folder) => realpathSync(folder))));
  expect(readdirSync(storeIn(at.path))).toHaveLength(names.length);
});

test.skipIf(process.platform === 'win32')('trustFolder() lets only the owner read', async () => {
  await using at = await folderWith({ 'a/': '' });
  await trustFolder(join(at.path, 'a'), envIn(at.path));
  const store = storeIn(at.path);
  const modes = [store, ...readdirSync(store).map((name) => join(store, name))].map(
    (path) => statSync(path).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o600]);
});

test('isTrusted() takes a damaged entry for none', async () => {
  await using at = await folderWith({ 'a/': '' });
  const env = envIn(at.path);
  await trustFolder(join(at.path, 'a'), env);
  const [entry = ''] = readdirSync(storeIn(at.path));
  for (const text of ['', '{', 'null', '{"folder":"/elsewhere"}']) {
    await writeFile(join(storeIn(at.path), entry), text);
    expect([text, await isTrusted(join(at.path, 'a'), env)]).toEqual([text, false]);
  }
});

test('trustFolder() refuses a folder that is not there', async () => {
  await using at = await folderWith({});
  const folder = join(at.path, 'gone');
  await expect(trustFolder(folder, envIn(at.path))).rejects.toMatchObject({
    code: 'bad-usage',
    message: `Cannot trust ${folder}: there is no such folder`,
  });
});

test('trustFolder() says where it cannot write', async () => {
  await using at = await folderWith({ 'a/': '', state: 'a file in the way' });
  await expect(trustFolder(join(at.path, 'a'), envIn(at.path))).rejects.toMatchObject({
    code: 'unwritable-output',
    message: expect.stringContaining(`${storeIn(at.path)}`),
  });
});

test('trustedFolders() lists in alphabetical order, and passes damaged entries', async () => {
  await using at = await folderWith({ 'b/': '', 'a/': '' });
  const env = envIn(at.path);
  expect(await trustedFolders(env)).toEqual([]);
  for (const name of ['b', 'a']) await trustFolder(join(at.path, name), env);
  await writeFile(join(storeIn(at.path), 'damaged.json'), '{');
  const real = realpathSync(at.path);
  expect(await trustedFolders(env)).toEqual([join(real, 'a'), join(real, 'b')]);
});
