import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../test/support/folder-with.ts';
import { type FolderCache, folderCache } from './folder-cache.ts';

const answer = {
  text: 'An answer',
  model: 'gpt-x',
  usage: { inputTokens: 3, outputTokens: 5 },
  costUsd: 0.01,
};

/** A name like that of a key, which is uniformly spread. */
const name = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Names that share a part of the folder, and so its share of the limit. */
const together = Array.from({ length: 400 }, (_, index) => name(String(index))).filter((each) =>
  each.startsWith('a'),
);

const day = 86_400_000;
const usual = { maxAgeMs: 30 * day, maxBytes: 16 * 100_000, now: () => 100 * day };

async function world(): Promise<
  { readonly path: string; readonly cache: FolderCache } & AsyncDisposable
> {
  const folder = await folderWith({});
  const path = join(folder.path, 'answers');
  return {
    path,
    cache: folderCache(path, usual),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

function filesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('folderCache() finds what was kept, and nothing under another name', async () => {
  await using place = await world();
  await place.cache.keep(name('one'), answer);
  expect(await place.cache.find(name('one'))).toEqual(answer);
  expect(await place.cache.find(name('two'))).toBeUndefined();
  expect(await place.cache.facts()).toMatchObject({ entries: 1 });
});

test('folderCache() removes an answer that is too old', async () => {
  await using place = await world();
  await place.cache.keep(name('one'), answer);
  const at = (now: number): FolderCache => folderCache(place.path, { ...usual, now: () => now });
  expect(await at(130 * day).find(name('one'))).toEqual(answer);
  expect(await at(130 * day + 1).find(name('one'))).toBeUndefined();
  expect(filesIn(place.path)).toEqual([]);
});

test.each([
  ['cut off', (text: string) => text.slice(0, -9)],
  ['changed', (text: string) => text.replace('An answer', 'No answer')],
  ['empty', () => ''],
])('folderCache() takes an entry that is %s for none, and removes it', async (_how, spoil) => {
  await using place = await world();
  await place.cache.keep(name('one'), answer);
  const [file = ''] = filesIn(place.path);
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));
  expect(await place.cache.find(name('one'))).toBeUndefined();
  expect(filesIn(place.path)).toEqual([]);
});

test('folderCache() removes what was not used for longest when it is full', async () => {
  await using place = await world();
  let now = 100 * day;
  const cache = folderCache(place.path, { ...usual, maxBytes: 16 * 3000, now: () => now });
  const long = { ...answer, text: 'x'.repeat(700) };
  const [first = '', second = '', third = '', fourth = ''] = together;
  for (const each of [first, second, third]) {
    await cache.keep(each, long);
    now += 1000;
  }
  await cache.find(first);
  now += 1000;
  await cache.keep(fourth, long);
  const left = await Promise.all([first, second, third, fourth].map((each) => cache.find(each)));
  expect(left.map((found) => found !== undefined)).toEqual([true, false, true, true]);
  expect((await cache.facts()).bytes).toBeLessThan(3000);
});

test('folderCache() never holds more than its limit, and nothing larger than a part of it', async () => {
  await using place = await world();
  const cache = folderCache(place.path, { ...usual, maxBytes: 16 * 2000 });
  await Promise.all(together.map((each) => cache.keep(each, answer)));
  await cache.keep(together[0] ?? '', answer);
  expect((await cache.facts()).bytes).toBeLessThanOrEqual(2000);
  await cache.keep(name('large'), { ...answer, text: 'x'.repeat(3000) });
  expect(await cache.find(name('large'))).toBeUndefined();
});

test('folderCache() keeps nothing, and says nothing, where it cannot write', async () => {
  await using folder = await folderWith({ file: '' });
  const cache = folderCache(join(folder.path, 'file'), usual);
  await cache.keep(name('one'), answer);
  expect(await cache.find(name('one'))).toBeUndefined();
  expect(await cache.facts()).toMatchObject({ entries: 0, bytes: 0 });
});

test('folderCache() clears what it holds', async () => {
  await using place = await world();
  for (const text of ['one', 'two']) await place.cache.keep(name(text), answer);
  expect(await place.cache.clear()).toBe(2);
  expect(filesIn(place.path)).toEqual([]);
});
