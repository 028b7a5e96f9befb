import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { OrchestratorError } from '../domain/mistake.ts';
import type { SourceFile } from '../domain/task.ts';
import { readTextFile } from './read-text-file.ts';

/** Bytes that all context files together may have. */
export const contextMaxBytes: number = 4 * 1024 * 1024;

/** Reads the files that go with a task, each once; throws `unreadable-file` for the first that cannot be used. */
export async function readContext(
  paths: readonly string[],
  cwd: string,
): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of new Set(paths.map((each) => resolve(cwd, each)))) {
    const name = nameInTask(path, cwd);
    files.push({ path: name, text: await readTextFile(path, `the context file "${name}"`) });
  }
  refuseTooMuch(files);
  return files;
}

/** Relative with `/`; on another drive, where there is no relative path, the bare name. */
function nameInTask(path: string, cwd: string): string {
  const local = relative(cwd, path);
  return isAbsolute(local) ? basename(path) : local.split(sep).join('/');
}

function refuseTooMuch(files: readonly SourceFile[]): void {
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes <= contextMaxBytes) return;
  const limit = `${contextMaxBytes / 1024 / 1024} MiB`;
  throw new OrchestratorError(
    'unreadable-file',
    `Cannot use the context: its ${files.length} files have more than ${limit}, the most that is sent`,
  );
}
