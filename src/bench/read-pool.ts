import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BadLine } from '../domain/bench.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { fileChunks } from '../lib/file-chunks.ts';
import { gatherTasks } from './gather-tasks.ts';
import type { Pool } from './pool.ts';
import { type PoolRow, readRow } from './read-row.ts';

/** The most characters of all lines of one pool together. */
const poolMaxLength = 1024 * 1024 * 1024;

/**
 * Reads recorded answers: files of JSON lines, gzip or not, and folders of such files, whose rows are joined by
 * task. A line that cannot be used is reported and left out. Throws `unreadable-file` for a path that is neither.
 */
export async function readPool(paths: readonly string[]): Promise<Pool> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  const rows: PoolRow[] = [];
  const badLines: BadLine[] = [];
  for await (const { file, line, text } of allLines(files)) {
    if (text.trim() === '') continue;
    const row = readRow(text);
    if ('because' in row) badLines.push({ file: basename(file), line, because: row.because });
    else rows.push(row);
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

interface PoolLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

async function* allLines(files: readonly string[]): AsyncGenerator<PoolLine> {
  let length = 0;
  for (const file of files) {
    let line = 0;
    try {
      for await (const text of linesOf(file)) {
        line += 1;
        length += text.length;
        if (length > poolMaxLength) throw new RangeError('the pool is too long to be held');
        yield { file, line, text };
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw unreadable(file, `${reason}, after line ${line}`, cause);
    }
  }
}

function linesOf(path: string): AsyncIterable<string> {
  const raw = Readable.from(fileChunks(path));
  const input = path.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  // An error of the file itself would otherwise be raised where nobody listens.
  raw.on('error', (error) => input.destroy(error));
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

function unreadable(path: string, reason: string, cause?: unknown): OrchestratorError {
  return new OrchestratorError('unreadable-file', `Cannot read the pool "${path}": ${reason}`, {
    hint: 'A pool is a file of JSON lines, gzip or not, or a folder of such files',
    cause,
  });
}
