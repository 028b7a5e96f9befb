import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { BadLine } from '../domain/bench.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { gatherTasks } from './gather-tasks.ts';
import type { Pool } from './pool.ts';
import { type PoolRow, readRow } from './read-row.ts';

/** Bytes that all lines of one pool together may have. */
const poolMaxBytes = 2 * 1024 * 1024 * 1024;

/**
 * Reads recorded answers: files of JSON lines, gzip or not, and folders of such files, whose rows are joined by
 * task. A line that cannot be used is reported and left out. Throws `unreadable-file` for a path that is neither.
 */
export async function readPool(paths: readonly string[]): Promise<Pool> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  const rows: PoolRow[] = [];
  const badLines: BadLine[] = [];
  let bytes = 0;
  for (const file of files) {
    for await (const { text, line } of linesOf(file)) {
      bytes += text.length;
      if (bytes > poolMaxBytes) throw unreadable(file, 'the pool has more than 2 GiB');
      if (text.trim() === '') continue;
      const row = readRow(text);
      if ('because' in row) badLines.push({ file: basename(file), line, because: row.because });
      else rows.push(row);
    }
  }
  return { tasks: gatherTasks(rows), badLines };
}

async function filesOf(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, 'there is no such file or folder', cause);
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.jsonl(?:\.gz)?$/.test(name)).toSorted();
  if (names.length === 0) throw unreadable(path, 'it has no .jsonl or .jsonl.gz file');
  return names.map((name) => join(path, name));
}

interface NumberedLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

async function* linesOf(path: string): AsyncGenerator<NumberedLine> {
  const raw = createReadStream(path);
  const input = path.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  // An error of the file itself would otherwise be raised where nobody listens.
  raw.on('error', (error) => input.destroy(error));
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      yield { text, line };
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(path, `${reason}, after line ${line}`, cause);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): OrchestratorError {
  return new OrchestratorError('unreadable-file', `Cannot read the pool "${path}": ${reason}`, {
    hint: 'A pool is a file of JSON lines, gzip or not, or a folder of such files',
    cause,
  });
}
