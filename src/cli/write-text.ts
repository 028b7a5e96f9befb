import { appendFile, writeFile } from 'node:fs/promises';
import { OrchestratorError } from '../domain/mistake.ts';
import { whyUnwritable } from '../lib/file-trouble.ts';

/** Writes a text file in place of what is there; throws `unwritable-output`. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

/** Adds a line to a text file, which is made where it is missing; throws `unwritable-output`. */
export async function appendLine(path: string, line: string): Promise<void> {
  await appendFile(path, `${line}\n`).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

function unwritable(path: string, cause: unknown): OrchestratorError {
  return new OrchestratorError(
    'unwritable-output',
    `Cannot write "${path}": ${whyUnwritable(cause)}`,
    { cause },
  );
}
