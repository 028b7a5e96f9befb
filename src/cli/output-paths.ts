import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { OrchestratorError } from '../domain/mistake.ts';

/** Where files may be written. */
export interface OutputPlace {
  /** The directory's real path. */
  readonly root: string;
  /** Allows writing over existing files. */
  readonly force: boolean;
}

/**
 * Gives the real path of each name inside the directory, in order.
 * Throws `unwritable-output` when any of them is outside, passes a symbolic link, is taken or is in another's way.
 */
export async function outputPaths(
  names: readonly string[],
  place: OutputPlace,
): Promise<readonly string[]> {
  const split = names.map(segmentsOf);
  refuseConflicts(split, names);
  for (const [index, segments] of split.entries()) {
    await refuseTaken(segments, names[index] ?? '', place);
  }
  return split.map((segments) => join(place.root, ...segments));
}

/** Models write both slashes, whatever the system. */
function segmentsOf(name: string): readonly string[] {
  const segments = name.split(/[\\/]/).filter((segment) => segment !== '.');
  if (/^([\\/]|[a-z]:)/i.test(name)) throw refusal(name, 'the path is absolute');
  if (segments.includes('..')) throw refusal(name, 'the path leads out of the directory');
  if (segments.length === 0 || segments.includes('')) throw refusal(name, 'the path names no file');
  if (segments.some(hasControl)) throw refusal(name, 'the path has control characters in it');
  // Git runs programs that are named there.
  if (segments.some((segment) => /^\.git[. ]*$/i.test(segment))) {
    throw refusal(name, 'the path is inside .git');
  }
  return segments;
}

function hasControl(segment: string): boolean {
  return [...segment].some((character) => character < ' ' || character === '\x7f');
}

/** Case does not tell two files apart on every system. */
function refuseConflicts(split: readonly (readonly string[])[], names: readonly string[]): void {
  const keys = split.map((segments) => segments.join('/').toLowerCase());
  for (const [index, key] of keys.entries()) {
    const name = names[index] ?? '';
    if (keys.indexOf(key) !== index) throw refusal(name, 'the answer has two files of this name');
    if (keys.some((other) => other.startsWith(`${key}/`))) {
      throw refusal(name, 'the answer also has a directory of this name');
    }
  }
}

async function refuseTaken(
  segments: readonly string[],
  name: string,
  { root, force }: OutputPlace,
): Promise<void> {
  for (const depth of segments.keys()) {
    const part = segments.slice(0, depth + 1);
    const found = await kindOf(join(root, ...part));
    if (found === 'nothing') return;
    const isLast = part.length === segments.length;
    const reason = isLast ? whyNotFile(found, force) : whyNotDirectory(found);
    if (reason) throw refusal(name, isLast ? reason : `"${part.join('/')}" ${reason}`);
  }
}

type Found = 'link' | 'directory' | 'file';

function whyNotFile(found: Found, force: boolean): string | undefined {
  if (found === 'link') return 'it is a symbolic link';
  if (found === 'directory') return 'there is a directory of this name';
  return force ? undefined : 'the file exists, and --force is not given';
}

function whyNotDirectory(found: Found): string | undefined {
  if (found === 'link') return 'is a symbolic link';
  return found === 'file' ? 'is a file' : undefined;
}

async function kindOf(path: string): Promise<Found | 'nothing'> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return 'link';
    return stats.isDirectory() ? 'directory' : 'file';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'nothing';
    throw error;
  }
}

function refusal(name: string, reason: string): OrchestratorError {
  // The name is a model's own: no control character of it reaches the terminal.
  return new OrchestratorError(
    'unwritable-output',
    `Cannot write ${JSON.stringify(name)}: ${reason}`,
  );
}
