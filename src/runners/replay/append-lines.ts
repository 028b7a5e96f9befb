import {
  closeSync,
  fstatSync,
  linkSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../lib/make-folder.ts';

/**
 * Appends texts, each without a line break, as lines to a file in one write, which no other process can come
 * between. A line that somebody left without an end is ended first, so that it spoils no other. Throws what the
 * system says; what a full disk cuts off is a torn line.
 */
export function appendLines(path: string, lines: readonly string[]): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    const gap = endsInLine(file) ? '\n' : '';
    const bytes = Buffer.from(`${gap}${lines.join('\n')}\n`);
    const written = writeSync(file, bytes);
    if (written < bytes.length) throw new Error('the disk is full');
  } finally {
    closeSync(file);
  }
}

/** Makes a file whose first line is the text, unless the file is there; no process ever sees it without the line. */
export function createWithLine(path: string, line: string): void {
  makeFolder(dirname(path));
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, `${line}\n`, { mode: 0o600 });
    linkSync(beside, path);
  } catch (error) {
    const { code }: { readonly code?: unknown } = Object(error);
    if (code !== 'EEXIST') throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

function endsInLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}
