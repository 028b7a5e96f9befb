import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CachedAnswer } from '../domain/answer-cache.ts';
import { makeFolder } from '../lib/make-folder.ts';

/** How long and how much is kept. */
export interface CacheLimits {
  readonly maxAgeMs: number;
  /** Of all entries together. */
  readonly maxBytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a cache holds. */
export interface CacheFacts {
  readonly folder: string;
  readonly entries: number;
  readonly bytes: number;
}

/** Answers as files of a folder, which any number of processes use at once. */
export interface FolderCache {
  /** Finds an answer by the name of its key; a damaged or too old one is removed. Never rejects. */
  find(name: string): Promise<CachedAnswer | undefined>;
  /** Keeps an answer, and removes what was not used for longest until the limit is met. Never rejects. */
  keep(name: string, answer: CachedAnswer): Promise<void>;
  facts(): Promise<CacheFacts>;
  /** Removes every answer; tells how many there were. */
  clear(): Promise<number>;
}

/** The version of the entries; those of another one are never read. */
const version = 1;

/** The folder has a part for each hexadecimal digit, and each part keeps its share of the limit by itself. */
const digits = [...'0123456789abcdef'];

/** Milliseconds after which a file that was being written is given up. */
const abandonedMs = 3_600_000;

/** Keeps answers in a folder, which need not exist; an entry appears whole or not at all. */
export function folderCache(folder: string, limits: CacheLimits): FolderCache {
  const root = join(folder, `v${version}`);
  const partOf = (name: string): string => join(root, name.slice(0, 1));
  const shareBytes = limits.maxBytes / digits.length;
  return {
    find: async (name) => {
      const file = join(partOf(name), name);
      const text = await readFile(file, 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const entry = entryIn(text, name);
      const nowMs = limits.now();
      if (!entry || entry.atMs < nowMs - limits.maxAgeMs) {
        await rm(file, { force: true }).catch(() => undefined);
        return undefined;
      }
      // The time of access says when it was used last, whatever the file system does by itself.
      await utimes(file, nowMs / 1000, entry.atMs / 1000).catch(() => undefined);
      return entry.answer;
    },
    keep: async (name, answer) => {
      const atMs = limits.now();
      const text = JSON.stringify({ version, name, atMs, sum: sumOf(answer), answer });
      if (Buffer.byteLength(text) > shareBytes) return;
      const part = partOf(name);
      try {
        await writeWhole(part, name, text);
        await utimes(join(part, name), atMs / 1000, atMs / 1000);
        await prune(part, { ...limits, maxBytes: shareBytes });
      } catch {
        // An answer that cannot be kept is still an answer.
      }
    },
    facts: async () => {
      const files = (await Promise.all(digits.map((digit) => filesIn(join(root, digit))))).flat();
      return {
        folder,
        entries: files.filter(({ isEntry }) => isEntry).length,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    },
    clear: async () => {
      const parts = digits.map((digit) => join(root, digit));
      const files = (await Promise.all(parts.map(filesIn))).flat();
      await Promise.all(files.map(({ path }) => rm(path, { force: true })));
      return files.filter(({ isEntry }) => isEntry).length;
    },
  };
}

interface Entry {
  readonly atMs: number;
  readonly answer: CachedAnswer;
}

/** The entry that a file holds; undefined for a damaged one, as after a power failure. */
function entryIn(text: string, name: string): Entry | undefined {
  try {
    const entry: Record<string, unknown> = Object(JSON.parse(text));
    const { atMs } = entry;
    // Whoever wrote the sum wrote the answer that it fits, so its shape needs no second look.
    const answer = entry['answer'] as CachedAnswer;
    const isWhole = entry['name'] === name && entry['sum'] === sumOf(answer);
    return isWhole && typeof atMs === 'number' ? { atMs, answer } : undefined;
  } catch {
    return undefined;
  }
}

function sumOf(answer: CachedAnswer): string {
  return createHash('sha256').update(JSON.stringify(answer)).digest('hex');
}

async function writeWhole(part: string, name: string, text: string): Promise<void> {
  makeFolder(part, 0o700);
  const beside = join(part, `${name}.${randomUUID()}`);
  try {
    await writeFile(beside, text, { flag: 'wx', mode: 0o600 });
    await rename(beside, join(part, name));
  } finally {
    await rm(beside, { force: true });
  }
}

interface KeptFile {
  readonly path: string;
  readonly isEntry: boolean;
  readonly bytes: number;
  readonly usedMs: number;
  readonly writtenMs: number;
}

async function prune(part: string, { maxAgeMs, maxBytes, now }: CacheLimits): Promise<void> {
  const nowMs = now();
  const files = (await filesIn(part)).toSorted((a, b) => b.usedMs - a.usedMs);
  let bytes = 0;
  const removed = files.filter((file) => {
    const lifeMs = file.isEntry ? maxAgeMs : abandonedMs;
    if (file.writtenMs < nowMs - lifeMs) return true;
    bytes += file.bytes;
    return bytes > maxBytes;
  });
  await Promise.all(removed.map(({ path }) => rm(path, { force: true })));
}

async function filesIn(part: string): Promise<readonly KeptFile[]> {
  const names = await readdir(part).catch(() => []);
  const files = names.map(async (name): Promise<readonly KeptFile[]> => {
    const path = join(part, name);
    // Another process may have removed it.
    const facts = await stat(path).catch(() => undefined);
    if (!facts) return [];
    const { size: bytes, atimeMs: usedMs, mtimeMs: writtenMs } = facts;
    return [{ path, isEntry: /^[0-9a-f]{64}$/.test(name), bytes, usedMs, writtenMs }];
  });
  return (await Promise.all(files)).flat();
}
