import { once } from 'node:events';
import type { WriteStream } from 'node:tty';
import type { CountedRow } from '../../report/batch-row.ts';
import { openResultFile, type ResultFile } from './result-file.ts';

/** Where the rows of results go. */
export interface ResultSink extends Omit<ResultFile, 'write'> {
  /** Adds a row; false when nobody reads any more. */
  write(json: string): Promise<boolean>;
}

/** Opens the file of results at an absolute path, or stdout where there is none; every row that is there is told. */
export async function openResultSink(
  path: string | undefined,
  stdout: WriteStream,
  onRow: (row: CountedRow) => void,
): Promise<ResultSink> {
  if (path === undefined) return streamSink(stdout);
  const file = await openResultFile(path, onRow);
  return {
    ...file,
    write: async (json) => {
      await file.write(json);
      return true;
    },
  };
}

function streamSink(stdout: WriteStream): ResultSink {
  return {
    has: () => false,
    write: async (json) => {
      if (!stdout.write(`${json}\n`) && stdout.writable) {
        await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]);
      }
      return stdout.writable;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
