import { randomUUID } from 'node:crypto';
import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CodeFile } from '../domain/candidate.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { whyUnwritable } from '../lib/file-trouble.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { fileNames } from './file-name.ts';
import { outputPaths } from './output-paths.ts';

/** Where the files of an answer go. */
export interface WriteOptions {
  /** The directory, absolute; it is made when it is missing. */
  readonly directory: string;
  /** Writes over existing files. */
  readonly force: boolean;
}

/**
 * Writes the files of an answer and gives their paths.
 * All are checked before the first is written, and each appears whole; throws `unwritable-output` otherwise.
 */
export async function writeFiles(
  files: readonly CodeFile[],
  { directory, force }: WriteOptions,
): Promise<readonly string[]> {
  await checkDirectory(directory);
  try {
    makeFolder(directory);
    const paths = await outputPaths(fileNames(files), { root: await realpath(directory), force });
    await writeAll(files.map((file, index) => ({ text: file.text, path: paths[index] ?? '' })));
    return paths;
  } catch (error) {
    throw error instanceof OrchestratorError ? error : unwritable(error, directory);
  }
}

/** Checks that files can be written to the directory; throws `unwritable-output`, so that nobody is asked in vain. */
export async function checkDirectory(directory: string): Promise<void> {
  try {
    const stats = await stat(directory);
    if (!stats.isDirectory()) throw notDirectory(directory);
    await access(directory, constants.W_OK);
  } catch (error) {
    if (error instanceof OrchestratorError) throw error;
    if (codeOf(error) !== 'ENOENT') throw unwritable(error, directory);
    if (dirname(directory) !== directory) await checkDirectory(dirname(directory));
  }
}

interface Writing {
  readonly path: string;
  readonly text: string;
}

async function writeAll(files: readonly Writing[]): Promise<void> {
  const mark = randomUUID();
  const temporary = ({ path }: Writing): string =>
    join(dirname(path), `.${basename(path)}.${mark}.tmp`);
  try {
    for (const file of files) {
      makeFolder(dirname(file.path));
      await writeFile(temporary(file), withFinalNewline(file.text), { flag: 'wx' });
    }
    for (const file of files) await rename(temporary(file), file.path);
  } finally {
    for (const file of files) await rm(temporary(file), { force: true });
  }
}

function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function notDirectory(directory: string): OrchestratorError {
  return new OrchestratorError(
    'unwritable-output',
    `Cannot write to "${directory}": it is a file, and a directory is wanted`,
  );
}

function unwritable(cause: unknown, directory: string): OrchestratorError {
  const message = `Cannot write to "${directory}": ${whyUnwritable(cause)}`;
  return new OrchestratorError('unwritable-output', message, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
