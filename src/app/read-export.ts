import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptEvent } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { fileChunks } from '../lib/file-chunks.ts';
import { whyUnreadable } from '../lib/file-trouble.ts';
import { readLines } from '../lib/read-lines.ts';

/** The most bytes of one line: an event with several whole answers. */
const eventMaxBytes = 256 * 1024 * 1024;

/** The events of one run, in order, as an export holds them. */
export interface ExportedRun {
  readonly id: string;
  readonly events: readonly KeptEvent[];
  /** The file that it was read from. */
  readonly file: string;
}

/**
 * Reads the runs of an exported file, or of every `.jsonl` file in a folder and those below it, one at a time; the
 * lines of a run stand together, as `orchestrator export` writes them. Throws `unreadable-file`.
 */
export async function* readExport(path: string): AsyncGenerator<ExportedRun> {
  for (const file of await filesAt(path)) yield* runsIn(file);
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path, { recursive: true });
    const files = names.filter((name) => name.endsWith('.jsonl')).toSorted();
    if (files.length === 0) throw new Error('the folder holds no file whose name ends in .jsonl');
    return files.map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, whyUnreadable(error), error);
  }
}

async function* runsIn(file: string): AsyncGenerator<ExportedRun> {
  let run: { readonly id: string; readonly events: KeptEvent[] } | undefined;
  for await (const { run: id, number, event, place } of linesIn(file)) {
    if (run && id !== run.id) yield { ...run, file };
    if (id !== run?.id) run = { id, events: [] };
    const wanted = run.events.length + 1;
    if (number !== wanted) {
      throw unreadable(file, `${place} is number ${number} of run ${id}, expected ${wanted}`);
    }
    run.events.push(event);
  }
  if (!run) throw unreadable(file, 'it is empty');
  yield { ...run, file };
}

async function* linesIn(file: string): AsyncGenerator<ExportedLine & { readonly place: string }> {
  for await (const { number, text } of readLines(chunksOf(file), eventMaxBytes)) {
    const place = `line ${number}`;
    if (text === null) throw unreadable(file, `${place} is longer than any event`);
    const line = text.trim() === '' ? undefined : lineOf(text);
    if (typeof line === 'string') throw unreadable(file, `${place} ${line}`);
    if (line) yield { ...line, place };
  }
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* fileChunks(file);
  } catch (error) {
    throw unreadable(file, whyUnreadable(error), error);
  }
}

interface ExportedLine {
  readonly run: string;
  readonly number: number;
  readonly event: KeptEvent;
}

/** What a line holds, or what is wrong with it. */
function lineOf(text: string): ExportedLine | string {
  const { version, run, number, at, event } = objectIn(text);
  if (typeof run !== 'string' || typeof number !== 'number') return 'is no event of a run';
  if (version !== 1) return `is of version ${JSON.stringify(version)}`;
  const atMs = Date.parse(String(at));
  const { type }: { readonly type?: unknown } = Object(event);
  if (typeof type !== 'string' || Number.isNaN(atMs)) return 'is no event of a run';
  // What a line of this version holds was written of an event, whose parts are not looked at one by one.
  return { run, number, event: { ...Object(event), atMs } };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** What is thrown for a file that is no export. */
export function unreadable(file: string, found: string, cause?: unknown): OrchestratorError {
  const message = `Cannot decide the runs of ${file} again: ${found}; wanted what orchestrator export writes`;
  return new OrchestratorError('unreadable-file', message, { cause });
}
