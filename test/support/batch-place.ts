import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchRow } from '../../src/report/batch-row.ts';
import { answer, type Ended, openPlace, type Place, type Running } from '../cli-process.ts';

/** Where the runs of a place are kept, and one model for each task. */
export const here: readonly string[] = ['--history', 'runs.db', '--mode', 'simple'];

/** Which tasks models were asked, in the order of the requests. */
export function asked({ server }: Place): readonly string[] {
  return server.requests.map(({ body }) => /Task \d+/.exec(JSON.stringify(body))?.[0] ?? '');
}

/** So many tasks. */
export function tasks(count: number): readonly string[] {
  return upTo(count).map((number) => `Task ${number}: write add(a, b)`);
}

/** Writes the file of tasks. */
export function write(place: Place, lines: readonly unknown[]): void {
  place.write('tasks.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** The words that run the file of tasks. */
export function batch(place: Place, ...more: readonly string[]): readonly string[] {
  return ['batch', 'tasks.jsonl', '--config', place.config, ...here, ...more];
}

/** Runs the file of tasks to its end. */
export function run(place: Place, ...more: readonly string[]): Promise<Ended> {
  return place.run(batch(place, ...more));
}

/** The rows in a text, in the order of their lines. */
export function rowsOf(text: string): readonly BatchRow[] {
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map((line): BatchRow => JSON.parse(line));
  return rows.toSorted((one, other) => one.line - other.line);
}

/** The rows in a file of results. */
export function rowsIn({ folder }: Place, name = 'out.jsonl'): readonly BatchRow[] {
  return rowsOf(readFileSync(join(folder, name), 'utf8'));
}

/** The lines of rows. */
export function linesOf(rows: readonly BatchRow[]): readonly number[] {
  return rows.map(({ line }) => line);
}

/** The numbers from 1. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** Kills a process with the request of that number in the air. */
export async function killWhenAsked(place: Place, count: number, running: Running): Promise<void> {
  await place.server.received(count);
  running.child.kill('SIGKILL');
  await running.ended;
}

/** A place where `claude-code` answers, but not the requests after the first number up to the second one. */
export function placeThatHangs(after: number, upToRequest: number): Promise<Place> {
  const replies = upTo(upToRequest).map((request) =>
    request <= after ? { text: answer } : ({ fault: 'hang-in-stream' } as const),
  );
  return openPlace({ 'claude-code': replies });
}

/** Resolves when a process has written the words to stderr. */
export async function toldBy({ child }: Running, words: string): Promise<void> {
  let told = '';
  await new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk) => {
      told += chunk;
      if (told.includes(words)) resolve();
    });
  });
}
