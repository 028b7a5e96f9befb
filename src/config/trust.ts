import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OrchestratorError } from '../domain/mistake.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { Environment } from './environment.ts';
import { stateFolder } from './places.ts';

// A folder is trusted, not a text. What a configuration can do is decided by more than its own
// file: a program imports others, a runner starts scripts of the project. A hash of one file would
// guard none of these, and asking after every edit would teach people to agree without reading.
// Folders inside of a trusted one are not trusted with it: they hold what others wrote.
//
// Each folder has a file of its own, so that processes that write at once never lose an entry.

/** Allows a folder's configuration to be used from then on; returns the folder's real path. */
export async function trustFolder(folder: string, env: Environment): Promise<string> {
  const path = await realpath(folder).catch((error: unknown) => {
    const message = `Cannot trust ${resolve(folder)}: there is no such folder`;
    throw new OrchestratorError('bad-usage', message, { cause: error });
  });
  const file = entryOf(path, env);
  await writeWhole(file, `${JSON.stringify({ folder: path })}\n`).catch((error: unknown) => {
    const message = `Cannot remember to trust ${path}: ${file} cannot be written`;
    throw new OrchestratorError('unwritable-output', message, { cause: error });
  });
  return path;
}

/** Tells whether the person has allowed the configuration of exactly this folder. */
export async function isTrusted(folder: string, env: Environment): Promise<boolean> {
  const path = await realPath(folder);
  return (await folderOf(entryOf(path, env))) === path;
}

/** Takes the trust in a folder back; returns whether there was any. */
export async function distrust(folder: string, env: Environment): Promise<boolean> {
  const trusted = await isTrusted(folder, env);
  await rm(entryOf(await realPath(folder), env), { force: true });
  return trusted;
}

/** Lists the folders that the person trusts, by their real paths, in alphabetical order. */
export async function trustedFolders(env: Environment): Promise<readonly string[]> {
  const place = entriesFolder(env);
  const names = await readdir(place).catch(() => []);
  const entries = names.filter((name) => name.endsWith('.json'));
  const folders = await Promise.all(entries.map((name) => folderOf(join(place, name))));
  return folders.filter((folder) => folder !== undefined).toSorted((a, b) => (a < b ? -1 : 1));
}

/** A folder that is gone can still be distrusted by its name. */
async function realPath(folder: string): Promise<string> {
  return realpath(folder).catch(() => resolve(folder));
}

function entryOf(path: string, env: Environment): string {
  const name = createHash('sha256').update(path).digest('hex');
  return join(entriesFolder(env), `${name}.json`);
}

function entriesFolder(env: Environment): string {
  return join(stateFolder(env), 'trusted-folders');
}

/** The folder that an entry is about; undefined for one that is missing or damaged. */
async function folderOf(entry: string): Promise<string | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(entry, 'utf8'));
    const { folder }: { readonly folder?: unknown } = Object(value);
    return typeof folder === 'string' ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Writes beside and renames, so that no reader ever sees half a file. */
async function writeWhole(file: string, text: string): Promise<void> {
  makeFolder(dirname(file), 0o700);
  const beside = `${file}.${randomUUID()}`;
  try {
    await writeFile(beside, text, { flag: 'wx', mode: 0o600 });
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}
