import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder that a project is known by: that of its configuration file, else the root of its Git repository, else this one. */
export function projectFolder(cwd: string, file?: string): string {
  const folder = file === undefined ? (gitRoot(cwd) ?? resolve(cwd)) : dirname(file);
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function gitRoot(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    // A worktree has a file of that name.
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
