import { constants, type Stats } from 'node:fs';
import { chmod, cp, lstat, mkdir, open, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { SourceFile } from '../../domain/task.ts';
import { type PrivateFolder, privateFolder } from '../../lib/private-folder.ts';
import type { Refusal } from './lay-over.ts';

/** The most files and bytes of a project that are copied for a check. */
export const copyMaxFiles = 20_000;
export const copyMaxBytes: number = 256 * 1024 * 1024;

/** A copy of the person's files as they were when the run began; every check begins with a copy of it. */
export interface ProjectCopy extends AsyncDisposable {
  readonly path: string;
  /** The folders of installed packages, linked and not copied, by their real paths. */
  readonly linked: readonly string[];
}

/** Why there is no copy. */
export interface NoCopy {
  readonly because: string;
}

/** What is never copied: history, installed packages (linked instead), virtual environments, caches and secrets. */
const left = new Set(['.git', '.hg', '.svn', '.venv', 'venv', '__pycache__', 'node_modules']);
const secrets = /^\.env(?:\.(?!example$|sample$|template$).*)?$/;

/** Copies the folder of a check, without what its tests do not need, and then the given files over it. */
export async function projectCopy(
  folder: string | undefined,
  given: readonly SourceFile[],
): Promise<ProjectCopy | NoCopy> {
  const place = await privateFolder();
  const linked: string[] = [];
  try {
    if (folder !== undefined) await copyFolder(folder, place.path, linked);
    await write(place.path, given);
    return { path: place.path, linked, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
  } catch (cause) {
    await place[Symbol.asyncDispose]();
    return {
      because: `the project cannot be copied: ${cause instanceof Error ? cause.message : String(cause)}`,
    };
  }
}

/** A fresh place for one check of one answer. */
export interface CheckPlace extends AsyncDisposable {
  /** The parent of the next two. */
  readonly box: string;
  /** The project with the answer and the tests. */
  readonly work: string;
  /** Where the check may write. */
  readonly scratch: string;
  /** Our own files for the run. */
  readonly own: string;
  readonly refused: readonly Refusal[];
}

/** What goes into a place besides the project, the later over the earlier. */
export interface PlaceFiles {
  readonly answer: readonly SourceFile[];
  readonly tests: readonly SourceFile[];
  readonly own: readonly SourceFile[];
}

/** Makes the place for one check: the project, the answer over it, the tests over both and read-only. */
export async function checkPlace(
  project: ProjectCopy,
  { answer, tests, own }: PlaceFiles,
): Promise<CheckPlace> {
  const folder: PrivateFolder = await privateFolder();
  const room = await realpath(folder.path);
  const box = join(room, 'box');
  const [work, scratch, ours] = [join(box, 'work'), join(box, 'scratch'), join(room, 'own')];
  await mkdir(box);
  await cp(project.path, work, copying);
  for (const path of [scratch, ours, join(scratch, 'tmp'), join(scratch, 'home')])
    await mkdir(path, { recursive: true });
  const refused = await write(work, answer);
  await write(work, tests, 0o444);
  await write(ours, own, 0o444);
  const dispose = (): Promise<void> => Promise.resolve(folder[Symbol.asyncDispose]());
  return { box, work, scratch, own: ours, refused, [Symbol.asyncDispose]: dispose };
}

const copying = {
  recursive: true,
  verbatimSymlinks: true,
  // Shares the blocks of the files where the file system can.
  mode: constants.COPYFILE_FICLONE,
} as const;

async function copyFolder(folder: string, target: string, linked: string[]): Promise<void> {
  const packages: string[] = [];
  const take = budget();
  const filter = async (source: string): Promise<boolean> => {
    const name = basename(source);
    if (source === folder) return true;
    if (name === 'node_modules') packages.push(source);
    if (left.has(name) || secrets.test(name)) return false;
    return take(await lstat(source));
  };
  await cp(folder, target, { ...copying, filter });
  for (const source of packages) {
    const real = await realpath(source);
    linked.push(real);
    await symlink(real, join(target, relative(folder, source)));
  }
}

/** Tells whether a file is of a kind that is copied; throws when they become too many or too large together. */
function budget(): (file: Stats) => boolean {
  let [files, bytes] = [0, 0];
  return (file) => {
    if (!file.isFile() && !file.isDirectory() && !file.isSymbolicLink()) return false;
    files += 1;
    bytes += file.isFile() ? file.size : 0;
    if (files > copyMaxFiles) throw new Error(`it has more than ${copyMaxFiles} files`);
    if (bytes > copyMaxBytes) throw new Error(`it has more than ${copyMaxBytes / 1024 / 1024} MiB`);
    return true;
  };
}

/** Writes files below a folder, never through a symbolic link; tells which were refused for one. */
async function write(
  folder: string,
  files: readonly SourceFile[],
  mode = 0o644,
): Promise<readonly Refusal[]> {
  const refused: Refusal[] = [];
  for (const { path, text } of files) {
    const target = join(folder, ...path.split('/'));
    if (await leadsOut(folder, target)) {
      refused.push({ path, because: 'it leads through a symbolic link' });
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    const file = await open(target, O_WRONLY | O_CREAT | O_TRUNC | (O_NOFOLLOW ?? 0), 0o644);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await chmod(target, mode);
  }
  return refused;
}

async function leadsOut(folder: string, target: string): Promise<boolean> {
  const parts = relative(folder, target).split(sep);
  if (parts[0] === '..') return true;
  for (let count = 1; count <= parts.length; count += 1) {
    const found = await lstat(join(folder, ...parts.slice(0, count))).catch(() => undefined);
    if (found?.isSymbolicLink()) return true;
    if (found?.isDirectory() && count === parts.length) return true;
  }
  return false;
}
