import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../test/support/folder-with.ts';
import type { PrivateFolder } from '../lib/private-folder.ts';
import { findProjectFile, findUserFile } from './find-config-file.ts';

/** Looks from `home/work/deep`, with `home` as the home folder; the answer is relative. */
function foundIn({ path }: PrivateFolder, from = 'home/work/deep'): string | undefined {
  const file = findProjectFile(join(path, from), { HOME: join(path, 'home') });
  return file?.slice(path.length + 1).replaceAll('\\', '/');
}

test.each(['ts', 'mts', 'js', 'mjs', 'json'])(
  'findProjectFile() finds the ending .%s',
  async (end) => {
    await using at = await folderWith({ [`home/work/deep/orchestrator.config.${end}`]: '' });
    expect(foundIn(at)).toBe(`home/work/deep/orchestrator.config.${end}`);
  },
);

test('findProjectFile() searches upward, and the nearest file wins', async () => {
  await using at = await folderWith({
    'home/work/deep/': '',
    'home/work/package.json': '{"orchestrator":{}}',
    'home/orchestrator.config.ts': '',
  });
  expect(foundIn(at)).toBe('home/work/package.json');
});

test('findProjectFile() passes a package.json without the key, or that is no JSON', async () => {
  await using at = await folderWith({
    'home/work/deep/package.json': '{"name":"orchestrator"}',
    'home/work/package.json': '{',
    'home/orchestrator.config.json': '{}',
  });
  expect(foundIn(at)).toBe('home/orchestrator.config.json');
});

test('findProjectFile() prefers a file of its own to package.json', async () => {
  await using at = await folderWith({
    'home/work/deep/package.json': '{"orchestrator":{}}',
    'home/work/deep/orchestrator.config.json': '',
  });
  expect(foundIn(at)).toBe('home/work/deep/orchestrator.config.json');
});

test('findProjectFile() passes a folder with the name of the file', async () => {
  await using at = await folderWith({ 'home/work/deep/orchestrator.config.ts/': '' });
  expect(foundIn(at)).toBe(undefined);
});

test('findProjectFile() does not look above the home folder from within it', async () => {
  await using at = await folderWith({
    'home/work/deep/': '',
    'other/deep/': '',
    'orchestrator.config.json': '{}',
  });
  expect(foundIn(at)).toBe(undefined);
  expect(foundIn(at, 'other/deep')).toBe('orchestrator.config.json');
});

test("findUserFile() finds the user's own file", async () => {
  await using at = await folderWith({
    'xdg/multi-model-orchestrator/config.json': '',
    'xdg/multi-model-orchestrator/config.js': '',
  });
  expect(findUserFile({ XDG_CONFIG_HOME: join(at.path, 'xdg') })).toBe(
    join(at.path, 'xdg', 'multi-model-orchestrator', 'config.js'),
  );
  expect(findUserFile({ XDG_CONFIG_HOME: at.path })).toBe(undefined);
});
