import { isUtf8 } from 'node:buffer';
import { OrchestratorError } from '../domain/mistake.ts';
import { fileChunks } from '../lib/file-chunks.ts';
import { whyUnreadable } from '../lib/file-trouble.ts';

/** Bytes that a task or a context file may have: more than any model reads at once. */
export const textMaxBytes: number = 1024 * 1024;

/** Reads a UTF-8 text file or pipe; `label` names it in the error, which is thrown for anything else or more. */
export async function readTextFile(path: string, label: string): Promise<string> {
  return readText(fileChunks(path), label);
}

/** Reads a stream of UTF-8 text to its end; throws `unreadable-file` for anything else or more. */
export async function readText(stream: AsyncIterable<unknown>, label: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      const part = Buffer.from(chunk as Buffer);
      chunks.push(part);
      bytes += part.length;
      if (bytes > textMaxBytes) throw tooLong(label);
    }
  } catch (error) {
    throw error instanceof OrchestratorError ? error : unreadable(error, label);
  }
  return decoded(Buffer.concat(chunks), label);
}

function decoded(bytes: Buffer, label: string): string {
  // A byte of zero is valid UTF-8, and no text has one.
  if (bytes.includes(0) || !isUtf8(bytes)) {
    throw new OrchestratorError('unreadable-file', `Cannot use ${label}: it is not UTF-8 text`);
  }
  return new TextDecoder().decode(bytes);
}

function tooLong(label: string): OrchestratorError {
  const limit = `${textMaxBytes / 1024 / 1024} MiB`;
  return new OrchestratorError(
    'unreadable-file',
    `Cannot use ${label}: it is longer than ${limit}, the most that is read`,
  );
}

function unreadable(cause: unknown, label: string): OrchestratorError {
  return new OrchestratorError('unreadable-file', `Cannot read ${label}: ${whyUnreadable(cause)}`, {
    cause,
  });
}
