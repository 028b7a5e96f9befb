import { resolve } from 'node:path';
import type { App } from '../app/app.ts';
import type { AppRunOptions } from '../app/run-task.ts';
import type { CodeFile } from '../domain/candidate.ts';
import type { RunStatus } from '../domain/event.ts';
import { exitStatus } from '../domain/mistake.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { lineOf } from '../report/line.ts';
import { resultOf } from '../report/result.ts';
import { safeLine } from '../report/safe-text.ts';
import { cancelOnSignals } from './cancel-on-signals.ts';
import type { CommandIo } from './command-io.ts';
import { lookOf } from './look.ts';
import type { OutputOptions } from './run-options.ts';
import { showProgress } from './show-progress.ts';
import { hasAnswer, showResult } from './show-result.ts';
import { checkDirectory, writeFiles } from './write-files.ts';

/** How to run a task, and where to show it. */
export interface ShowRunOptions {
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

/** Begins a run, or goes on with one. */
export type StartRun = (options: AppRunOptions) => Promise<RunRecord>;

/** Runs a task, shows its progress and its answer, writes its files and gives the exit status. */
export async function showRun(start: StartRun, given: ShowRunOptions): Promise<number> {
  const { options, io } = given;
  const directory = options.output === undefined ? undefined : resolve(io.cwd, options.output);
  if (directory !== undefined) await checkDirectory(directory);
  const { record, cancelledWith, notices } = await runShown(start, given);
  const result = resultOf(record, { replay: given.app.isReplay(record) });
  showResult(result, options.json === true, io);
  if (directory !== undefined && hasAnswer(result)) {
    const files = filesOf(result);
    const paths = await writeFiles(files, { directory, force: options.force === true });
    for (const path of paths) io.stderr.write(`Wrote ${safeLine(path)}\n`);
  }
  for (const notice of [...missingLines(record), ...notices])
    io.stderr.write(`${safeLine(notice)}\n`);
  if (given.app.keepsRuns) tellId(record, options, io);
  await given.app.close();
  if (record.status === 'cancelled') return cancelledWith ?? exitStatus.cancelled;
  return record.notRecorded.length > 0 ? exitStatus.usage : statuses[record.status];
}

/** What a person may want to look at again. */
function tellId({ id }: RunRecord, { verbose }: OutputOptions, { env, stderr }: CommandIo): void {
  if (!stderr.isTTY && !verbose) return;
  stderr.write(`${lineOf([{ text: `Run ${id}`, tone: 'quiet' }], lookOf(stderr, env))}\n`);
}

/** Tests or a judgement that are missing fail no seat, and may change the decision all the same. */
function missingLines({ notRecorded }: RunRecord): readonly string[] {
  if (notRecorded.length === 0) return [];
  const lines = notRecorded.map((line) => `  ${line}`);
  return ['Cannot rely on this replay: what was asked is not recorded', ...lines];
}

interface ShownRun {
  readonly record: RunRecord;
  readonly notices: readonly string[];
  /** The exit status of the signal that cancelled the run. */
  readonly cancelledWith: number | undefined;
}

/** Signals cancel the run; once it has ended they end the program as usual. */
async function runShown(start: StartRun, { options, io }: ShowRunOptions): Promise<ShownRun> {
  using cancellation = cancelOnSignals();
  using progress = showProgress(io, options.verbose === true);
  const notices: string[] = [];
  const record = await start({
    signal: cancellation.signal,
    onEvent: progress.hear,
    onNotice: (line) => notices.push(line),
  });
  return { notices, record, cancelledWith: cancellation.status() };
}

/** An answer without code is one text. */
function filesOf({ files, consensusCode }: OrchestratorResult): readonly CodeFile[] {
  if (files.length > 0) return files;
  return [{ path: null, language: 'markdown', text: consensusCode }];
}
