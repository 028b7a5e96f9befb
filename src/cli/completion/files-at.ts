import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * Lists the files and folders whose path begins so, as it is typed; folders end with `/`. Names that begin with a dot
 * are told where one is asked for, and those that fit on no line never. None for a folder that cannot be read.
 */
export async function filesAt(start: string, cwd: string): Promise<readonly string[]> {
  const folder = start.slice(0, start.lastIndexOf('/') + 1);
  const wanted = start.slice(folder.length);
  const place = resolve(cwd, folder);
  const entries = await readdir(place).catch(() => []);
  const names = entries.filter(
    (name) =>
      name.startsWith(wanted) && (wanted !== '' || !name.startsWith('.')) && !/\p{Cc}/u.test(name),
  );
  return Promise.all(
    names.toSorted().map(async (name) => {
      const found = await stat(join(place, name)).catch(() => undefined);
      return `${folder}${name}${found?.isDirectory() ? '/' : ''}`;
    }),
  );
}
