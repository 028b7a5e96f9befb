import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Entries that are looked at; a folder with more is not looked through, and taken for one that leads out. */
const entriesMax = 10_000;

/** The first link below some paths that leads out of all of them; undefined where none does. */
export function linkOut(paths: readonly string[]): string | undefined {
  const roots = paths.map((path) => realpathSync(path));
  const waiting = [...paths];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    const path = waiting.pop() ?? '';
    if (seen > entriesMax) return path;
    const kind = lstatSync(path);
    if (kind.isSymbolicLink() && !isWithin(path, roots)) return path;
    if (kind.isDirectory()) waiting.push(...readdirSync(path).map((name) => join(path, name)));
  }
  return undefined;
}

function isWithin(path: string, roots: readonly string[]): boolean {
  try {
    const real = realpathSync(path);
    return roots.some((root) => real === root || real.startsWith(root + sep));
  } catch {
    // It leads nowhere, and what is not there cannot be read.
    return true;
  }
}
