import type { SourceFile } from '../../../src/domain/task.ts';

/** The most bytes of all files together; the server takes 16 MiB with everything around them. */
export const filesMaxBytes: number = 8 * 1024 * 1024;

/** The most files. */
export const filesMaxCount = 1000;

/** What came of reading files that a person chose. */
export interface ReadFiles {
  readonly files: readonly SourceFile[];
  /** Why some were not taken, one line each. */
  readonly refused: readonly string[];
}

/** Reads chosen files as text and adds them to those there are; one of the same path takes its place. */
export async function readFiles(
  before: readonly SourceFile[],
  chosen: readonly File[],
): Promise<ReadFiles> {
  const files = new Map(before.map((file) => [file.path, file]));
  const refused: string[] = [];
  let bytes = before.reduce((sum, { text }) => sum + text.length, 0);
  for (const file of chosen) {
    const path = file.webkitRelativePath || file.name;
    bytes += file.size;
    const text =
      bytes <= filesMaxBytes && files.size < filesMaxCount ? await textOf(file) : undefined;
    if (text !== undefined) files.set(path, { path, text });
    else {
      refused.push(`${path}: ${whyNot(bytes, files.size)}`);
      bytes -= file.size;
    }
  }
  return { files: [...files.values()], refused };
}

function whyNot(bytes: number, count: number): string {
  if (bytes > filesMaxBytes) return 'too large; all files together may have 8 MiB';
  if (count >= filesMaxCount) return `too many; ${filesMaxCount} files are the most`;
  return 'not a text file in UTF-8';
}

/** Undefined for what is no text. */
async function textOf(file: File): Promise<string | undefined> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
