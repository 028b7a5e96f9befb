import { resolve } from 'node:path';
import type { App } from '../app/app.ts';
import type { CodeFile } from '../domain/candidate.ts';
import type { RunStatus } from '../domain/event.ts';
import { exitStatus } from '../domain/mistake.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Task } from '../domain/task.ts';
import { resultOf } from '../report/result.ts';
import { safeLine } from '../report/safe-text.ts';
import { cancelOnSignals } from './cancel-on-signals.ts';
import type { CommandIo } from './command-io.ts';
import type { OutputOptions } from './run-options.ts';
import { showProgress } from './show-progress.ts';
import { hasAnswer, showResult } from './show-result.ts';
import { checkDirectory, writeFiles } from './write-files.ts';

/** How to run a task, and where to show it. */
export interface RunTaskOptions {
  readonly app: App;
  readonly options: OutputOptions;
  readonly io: CommandIo;
}

/** The exit status after each run; a cancelled one has that of its signal. */
const statuses: Readonly<Record<Exclude<RunStatus, 'cancelled'>, number>> = {
  complete: exitStatus.ok,
  degraded: exitStatus.degraded,
  failed: exitStatus.noAnswer,
};

/** Runs a task, shows its progress and its answer, writes its files and gives the exit status. */
export async function runTask(task: Task, given: RunTaskOptions): Promise<number> {
  const { options, io } = given;
  const directory = options.output === undefined ? undefined : resolve(io.cwd, options.output);
  if (directory !== undefined) await checkDirectory(directory);
  const { record, cancelledWith } = await runShown(task, given);
  const result = resultOf(record, { replay: given.app.isReplay(record) });
  showResult(result, options.json === true, io);
  if (directory !== undefined && hasAnswer(result)) {
    const files = filesOf(result);
    const paths = await writeFiles(files, { directory, force: options.force === true });
    for (const path of paths) io.stderr.write(`Wrote ${safeLine(path)}\n`);
  }
  if (record.status === 'cancelled') return cancelledWith ?? exitStatus.cancelled;
  return statuses[record.status];
}

interface ShownRun {
  readonly record: RunRecord;
  /** The exit status of the signal that cancelled the run. */
  readonly cancelledWith: number | undefined;
}

/** Signals cancel the run; once it has ended they end the program as usual. */
async function runShown(task: Task, { app, options, io }: RunTaskOptions): Promise<ShownRun> {
  using cancellation = cancelOnSignals();
  using progress = showProgress(io, options.verbose === true);
  const record = await app.run(task, { signal: cancellation.signal, onEvent: progress.hear });
  return { record, cancelledWith: cancellation.status() };
}

/** An answer without code is one text. */
function filesOf({ files, consensusCode }: OrchestratorResult): readonly CodeFile[] {
  if (files.length > 0) return files;
  return [{ path: null, language: 'markdown', text: consensusCode }];
}
