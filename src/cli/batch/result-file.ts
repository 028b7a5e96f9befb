import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat, truncate } from 'node:fs/promises';
import { lockFile } from '../../app/lock-file.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import { whyUnwritable } from '../../lib/file-trouble.ts';
import { readLines } from '../../lib/read-lines.ts';
import { type CountedRow, readBatchRow } from '../../report/batch-row.ts';

/** Where rows of results go, and what is there already. */
export interface ResultFile extends AsyncDisposable {
  /** Whether the row of a run, or of a line that is no task, was there already. */
  has(key: string): boolean;
  /** Adds a row; throws `unwritable-output`. */
  write(json: string): Promise<void>;
}

/** Bytes of one row of results: several whole answers. */
const rowMaxBytes = 256 * 1024 * 1024;

/**
 * Opens the results of a batch to add to them, for this process alone. The last whole row of each line is told; a torn
 * one at the end is removed. Throws `unwritable-output` for a file that holds anything else, which is left as it is.
 */
export async function openResultFile(
  path: string,
  onRow: (row: CountedRow) => void,
): Promise<ResultFile> {
  const unlock = await lockFile(path);
  try {
    const known = new Set<string>();
    const lastRows = new Map<number, CountedRow>();
    const wholeBytes = await readRows(path, (row) => {
      known.add(rowKey(row));
      lastRows.set(row.line, row);
    });
    for (const row of lastRows.values()) onRow(row);
    if (wholeBytes !== undefined) await truncate(path, wholeBytes);
    const handle = await open(path, 'a').catch((cause: unknown) => {
      throw unwritable(path, whyUnwritable(cause), cause);
    });
    return {
      has: (key) => known.has(key),
      write: (json) => append(handle, `${json}\n`, path),
      [Symbol.asyncDispose]: async () => {
        await handle.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Names a row among all of one batch: a changed line is another run. */
export function rowKey({ line, run_id }: Pick<CountedRow, 'line' | 'run_id'>): string {
  return run_id ?? `line ${line}`;
}

/** Where the last whole row ends when something torn follows it. */
async function readRows(
  path: string,
  onRow: (row: CountedRow) => void,
): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  // A device may have no end, and a pipe keeps nothing to go on with.
  if (!found.isFile())
    throw unwritable(path, found.isDirectory() ? 'it is a folder' : 'it is a device or a pipe');
  let wholeBytes = 0;
  for await (const line of readLines(createReadStream(path), rowMaxBytes)) {
    if (line.text !== null && !line.isWhole) return wholeBytes;
    wholeBytes = line.endBytes;
    const row = line.text === null ? undefined : readBatchRow(line.text);
    if (!row) throw unwritable(path, `its line ${line.number} is no result of a batch`);
    onRow(row);
  }
  return undefined;
}

async function append(handle: FileHandle, text: string, path: string): Promise<void> {
  await handle.appendFile(text).catch((cause: unknown) => {
    throw unwritable(path, whyUnwritable(cause), cause);
  });
}

function unwritable(path: string, found: string, cause?: unknown): OrchestratorError {
  return new OrchestratorError(
    'unwritable-output',
    `Cannot write results to "${path}": ${found}, wanted a file of results, or none`,
    { cause },
  );
}
