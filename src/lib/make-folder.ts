import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing, with the mode where one is given; throws what the system says.
 * Node's own way never ends where the system says that a folder is missing that is there, as in /proc.
 */
export function makeFolder(path: string, mode?: number): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const { code }: { readonly code?: unknown } = Object(error);
    // Another process may have been faster.
    if (code !== 'EEXIST') throw error;
  }
}
