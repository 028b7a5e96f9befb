import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../../app/app.ts';
import { configLimits } from '../../config/limits.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import { fileChunks } from '../../lib/file-chunks.ts';
import { whyUnreadable } from '../../lib/file-trouble.ts';
import { type BatchItemsPlace, batchItems, countItems } from '../batch/batch-items.ts';
import { batchKeyOf } from '../batch/batch-key.ts';
import { type BatchRunOptions, runShownBatch } from '../batch/run-shown-batch.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { openCliApp } from '../open-cli-app.ts';
import { numberValue, pathValue } from '../option-values.ts';
import type { CommandCall } from '../parse.ts';
import { readContext } from '../read-context.ts';
import {
  type CheckOptions,
  declareBudgetOptions,
  declareCheckOptions,
  declareEngineOption,
  declareHistoryOptions,
  declareKeepOptions,
  declareLimitOptions,
  declarePlanOptions,
  declareSandboxOption,
  declareSelectOptions,
  type EngineOptions,
  type HistoryOptions,
  type KeepOptions,
  type LimitOptions,
  type PlanOptions,
  type SandboxOptions,
  type SelectOptions,
} from '../run-options.ts';
import { taskFrom } from '../task-from.ts';

/** Runs many tasks from a file: `orchestrator batch tasks.jsonl`. */
export const batchCommand: CliCommand = { declare, run };

type Options = PlanOptions &
  SelectOptions &
  CheckOptions &
  SandboxOptions &
  LimitOptions &
  HistoryOptions &
  EngineOptions &
  KeepOptions &
  BatchRunOptions & {
    readonly batch?: string;
  };

/** Tasks at once where nothing else is said: each asks several models already. */
const usualConcurrency = 4;

function declare(command: Command): void {
  command
    .usage('[options] TASKS.jsonl')
    .description(
      'Runs the tasks of a file, one JSON object or text in each line, and writes what comes of each as a line of JSON. The same command goes on where it was ended, and repeats no finished call.',
    )
    .argument('<tasks>', 'the file; - for stdin')
    .option('-o, --output <file>', 'add the results to this file; stdout when left out', pathValue)
    .option(
      '--concurrency <count>',
      'tasks at once',
      numberValue('--concurrency', 1, configLimits.maxConcurrency),
      usualConcurrency,
    )
    .option(
      '--batch <name>',
      'the name by which it is gone on with, in place of the path of the file',
    )
    .option('--only-new', 'write no results of tasks that had ended before')
    .option('--retry-failed', 'run the tasks anew that came to no answer before')
    .option('--full', 'add the whole result of each task, as --json prints it for one')
    .option('--json', 'with --output, print the summary on stdout as one JSON object');
  declarePlanOptions(command);
  declareSelectOptions(command);
  declareCheckOptions(command);
  declareSandboxOption(command);
  declareLimitOptions(command);
  declareBudgetOptions(command, 'batch');
  declareKeepOptions(command);
  declareHistoryOptions(command);
  declareEngineOption(command);
}

async function run(command: Command, { args, io }: CommandCall): Promise<number> {
  const options = command.opts<Options>();
  const [word = '-'] = command.args;
  if (options.json && options.output === undefined) {
    throw new OrchestratorError(
      'bad-usage',
      'Cannot print the summary on stdout, where the results go: wanted --output with --json',
    );
  }
  const path = word === '-' ? undefined : resolve(io.cwd, word);
  const output = options.output === undefined ? undefined : resolve(io.cwd, options.output);
  const file = path !== undefined && (await isFile(path, output)) ? path : undefined;
  const app = await openCliApp(options, io);
  // Who names a level wants no answer that was not run in it, and pays for none.
  if (options.sandbox !== undefined) await app.requireSandbox();
  refuseKeeping(options, app);
  const { key, notice } = batchKeyOf({ name: options.batch, path: file, keepsRuns: app.keepsRuns });
  if (notice !== undefined) io.stderr.write(`${notice}\n`);
  const place = await placeOf(options, { app, io, path: file });
  await refuseMistakes(place, app);
  const source = (): AsyncIterable<unknown> => (path === undefined ? io.stdin : taskChunks(path));
  return runShownBatch(batchItems(source(), place), {
    app,
    io,
    key,
    output,
    options,
    // What is counted is read, and a pipe can be read once.
    total: file === undefined ? null : await countItems(source()),
    again: ['batch', ...args],
  });
}

async function* taskChunks(path: string): AsyncGenerator<Buffer> {
  try {
    yield* fileChunks(path);
  } catch (error) {
    throw unreadableTasks(path, whyUnreadable(error), error);
  }
}

function unreadableTasks(path: string, found: string, cause?: unknown): OrchestratorError {
  return new OrchestratorError('unreadable-file', `Cannot read the tasks "${path}": ${found}`, {
    cause,
  });
}

/** The workers of an engine ask the models, each with options of its own. */
function refuseKeeping({ record, replay, cache }: Options, { settings }: App): void {
  if (settings.engine.url === undefined || (record ?? replay ?? cache) === undefined) return;
  throw new OrchestratorError(
    'bad-usage',
    'Cannot record, replay or cache answers of an engine: its workers ask the models, wanted --record, --replay or --cache without --engine',
  );
}

/** A mistake in what holds for every line is told once, and not once for each of them. */
async function refuseMistakes(place: BatchItemsPlace, app: App): Promise<void> {
  const { folder: cwd, options, settings } = place;
  const task = await taskFrom('-', options, { settings, cwd });
  // The runners of an engine are those of its workers.
  if (settings.engine.url === undefined) await app.route(task);
}

/** Whether the tasks are in a file, which can be read twice, and not in a pipe; throws for what cannot be read at all. */
async function isFile(path: string, output: string | undefined): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isDirectory()) {
    throw unreadableTasks(path, found ? 'it is no file' : 'there is no such file');
  }
  const there = output === undefined ? undefined : await stat(output).catch(() => undefined);
  if (there?.ino === found.ino && there.dev === found.dev) {
    throw new OrchestratorError(
      'bad-usage',
      'Cannot write the results into the file of the tasks: wanted another file',
    );
  }
  return found.isFile();
}

/** The paths of the command start where it was called, and those of a line where its file is. */
async function placeOf(
  options: Options,
  {
    app,
    io,
    path,
  }: { readonly app: App; readonly io: CommandIo; readonly path: string | undefined },
) {
  const { checkIn, context = [], tests } = options;
  return {
    settings: app.settings,
    folder: path === undefined ? io.cwd : dirname(path),
    context: await readContext(context, io.cwd),
    options: {
      ...options,
      context: [],
      ...(tests && { tests: tests.map((each) => resolve(io.cwd, each)) }),
      ...(checkIn !== undefined && { checkIn: resolve(io.cwd, checkIn) }),
    },
  };
}
