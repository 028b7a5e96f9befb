import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * Reads a whole UTF-8 file of at most so many bytes, a number of MiB. Throws what the system says, and for anything
 * but a file, which may have no end or nobody at its other one, or for a longer one an error that says so.
 */
export function readRegularFile(path: string, maxBytes: number): string {
  // A pipe with nobody at its other end would hold up whoever opens it.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    if (!found.isFile() && !found.isDirectory()) {
      throw new Error('it is a device or a pipe, and a file is wanted');
    }
    if (found.size > maxBytes) {
      throw new Error(`it is longer than ${maxBytes / 1024 / 1024} MiB, the most that is read`);
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
