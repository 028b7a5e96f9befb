import { resolve } from 'node:path';
import type { BatchItem } from '../../app/run-batch.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import type { Limits, Settings } from '../../domain/settings.ts';
import type { SourceFile, Task } from '../../domain/task.ts';
import { type ReadLine, readLines } from '../../lib/read-lines.ts';
import { readContext } from '../read-context.ts';
import type { CheckOptions, PlanOptions, SelectOptions } from '../run-options.ts';
import { taskFrom } from '../task-from.ts';
import { type BatchLine, type ReadBatchLine, readBatchLine } from './batch-line.ts';

/** Bytes of one line: a task and all the context that is sent. */
export const lineMaxBytes: number = 8 * 1024 * 1024;

/** What lines say nothing of, and where they stand. */
export interface BatchItemsPlace {
  readonly settings: Settings;
  /** The options of the command, which hold where a line says nothing; their paths are absolute. */
  readonly options: PlanOptions & SelectOptions & CheckOptions;
  /** What is shown to the models where a line names no context. */
  readonly context: readonly SourceFile[];
  /** Where the paths of lines start. */
  readonly folder: string;
}

/** Reads the tasks of a batch one by one; a line that cannot be used is an invalid item, a blank one is passed over. */
export async function* batchItems(
  stream: AsyncIterable<unknown>,
  place: BatchItemsPlace,
): AsyncGenerator<BatchItem> {
  for await (const line of readLines(stream, lineMaxBytes)) {
    if (!isBlank(line)) yield await itemOf(line, place);
  }
}

/** Counts the tasks of a batch. */
export async function countItems(stream: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const line of readLines(stream, lineMaxBytes)) if (!isBlank(line)) count += 1;
  return count;
}

function isBlank({ text }: ReadLine): boolean {
  return text?.trim() === '';
}

async function itemOf(found: ReadLine, place: BatchItemsPlace): Promise<BatchItem> {
  const { number } = found;
  const read = readOf(found);
  if (read.status === 'invalid') return { line: number, id: null, ...read };
  const { line } = read;
  const named = { line: number, id: line.id ?? null };
  try {
    return { ...named, status: 'task', task: await taskOf(line, place), limits: limitsOf(line) };
  } catch (error) {
    if (!(error instanceof OrchestratorError)) throw error;
    return { ...named, status: 'invalid', because: error.message };
  }
}

function readOf(found: ReadLine): ReadBatchLine {
  if (found.text === null) {
    const because = `it is longer than ${lineMaxBytes / 1024 / 1024} MiB, the most that is read`;
    return { status: 'invalid', because };
  }
  return found.isUtf8
    ? readBatchLine(found.text)
    : { status: 'invalid', because: 'it is not UTF-8 text' };
}

async function taskOf(
  line: BatchLine,
  { context, folder, options, settings }: BatchItemsPlace,
): Promise<Task> {
  const { check, checkIn, checkTimeout, route, samples, tests } = line;
  const own = {
    ...defined({ check, route, samples, tests }),
    ...defined({ mode: line.mode, models: line.models, validators: line.validators }),
    ...defined({ adaptive: line.adaptive, merge: line.merge, modelTests: line.modelTests }),
    ...(checkIn !== undefined && { checkIn: resolve(folder, checkIn) }),
    ...(checkTimeout !== undefined && { checkTimeout: checkTimeout * 1000 }),
  };
  const task = await taskFrom(line.task, { ...options, ...own }, { settings, cwd: folder });
  const strict = line.strict ?? task.strict;
  return {
    ...task,
    strict,
    context: line.context ? await contextOf(line.context, folder) : context,
  };
}

async function contextOf(
  given: NonNullable<BatchLine['context']>,
  folder: string,
): Promise<readonly SourceFile[]> {
  const paths = given.filter((each) => typeof each === 'string');
  const texts = given.filter((each) => typeof each !== 'string');
  return [...(await readContext(paths, folder)), ...texts];
}

function limitsOf({ retries, runTimeout, timeout }: BatchLine): Partial<Limits> {
  return {
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(runTimeout !== undefined && { runTimeoutMs: runTimeout * 1000 }),
    ...(retries !== undefined && { retries }),
  };
}

/** What is left out on a line does not take the place of what the command says. */
function defined<Value extends object>(value: Value): Defined<Value> {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  // The same members, of which some are left out.
  return Object.fromEntries(entries) as Defined<Value>;
}

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };
