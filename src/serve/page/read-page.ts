import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Null where it does not become smaller. */
  readonly gzipped: Uint8Array<ArrayBuffer> | null;
  /** Whether its name changes with its content. */
  readonly hashed: boolean;
}

/** The files of the page by the path that they are asked for. What is not among them cannot be had. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads a built page into memory, so that no request opens a file; undefined where there is none. */
export async function readPage(folder: string): Promise<PageFiles | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const files = new Map(
    await Promise.all(
      paths.map(async (path) => [`/${path}`, await readOne(folder, path)] as const),
    ),
  );
  return files.has('/index.html') ? files : undefined;
}

async function readOne(folder: string, path: string): Promise<PageFile> {
  const bytes = new Uint8Array(await readFile(join(folder, path)));
  const gzipped = new Uint8Array(gzipSync(bytes));
  return {
    type: types[extname(path)] ?? 'application/octet-stream',
    bytes,
    gzipped: gzipped.length < bytes.length ? gzipped : null,
    hashed: path.startsWith('assets/'),
  };
}
