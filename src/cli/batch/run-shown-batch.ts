import type { App } from '../../app/app.ts';
import type { BatchItem, BatchOutcome, BatchSwitches } from '../../app/run-batch.ts';
import { exitStatus } from '../../domain/mistake.ts';
import { type BatchRow, batchRow, type CountedRow } from '../../report/batch-row.ts';
import type { Counts } from '../../report/batch-tally.ts';
import { type BatchEnd, batchSummaryJson, batchSummaryLines } from '../../report/batch-text.ts';
import { jsonLine } from '../../report/json.ts';
import { resultOf } from '../../report/result.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CommandIo } from '../command-io.ts';
import { type BudgetOptions, budgetOf } from '../run-options.ts';
import { rowKey } from './result-file.ts';
import { openResultSink, type ResultSink } from './result-sink.ts';
import { type BatchView, showBatch } from './show-batch.ts';
import { onPauseSignal, stopOnSignals } from './stop-on-signals.ts';

/** What decides how a batch goes on and what is written of it. */
export interface BatchRunOptions extends BudgetOptions {
  readonly concurrency: number;
  readonly onlyNew?: true;
  readonly retryFailed?: true;
  readonly full?: true;
  readonly json?: true;
  readonly output?: string;
}

/** A batch, and where to show it. */
export interface ShownBatch {
  readonly app: App;
  readonly io: CommandIo;
  readonly key: string;
  /** The absolute path of the file of results; undefined for stdout. */
  readonly output: string | undefined;
  readonly options: BatchRunOptions;
  /** How many tasks there are; null where that is not known. */
  readonly total: number | null;
  /** The words of the command, with which to go on. */
  readonly again: readonly string[];
}

/** Lines that cannot be used of which stderr says why; the results have all of them. */
const badLinesMax = 20;

/** Runs a batch, writes its results, shows how far it is and what it came to, and gives the exit status. */
export async function runShownBatch(
  items: AsyncIterable<BatchItem>,
  batch: ShownBatch,
): Promise<number> {
  const { app, io, options, output, total } = batch;
  const view = showBatch(io, total);
  let isRead = true;
  let stoppedWith: number | undefined;
  {
    using _shown = view;
    using stopping = stopOnSignals((step) => tellStop(step, view, options));
    const again = new Set<number>();
    await using sink = await openResultSink(output, io.stdout, (row) => {
      // Each of these gets another row.
      const isUndone = isUnended(row) || row.status === 'over-budget';
      if (isUndone || (options.retryFailed && isFailed(row))) again.add(row.line);
      else view.addBefore(row);
    });
    using pause = pauseSwitch(view);
    const outcomes = app.batch(items, {
      key: batch.key,
      concurrency: options.concurrency,
      isKnown: ({ line, runId }) => sink.has(runId) && !again.has(line),
      retryFailed: options.retryFailed === true,
      budget: budgetOf(options),
      drain: stopping.drain,
      leave: stopping.leave,
      onNotice: view.print,
      onStart: pause.connect,
    });
    for await (const outcome of outcomes) {
      const isNew = again.has(outcome.line);
      isRead = await keep(outcome, { batch, sink, view, isNew });
      if (!isRead) break;
    }
    stoppedWith = stopping.status();
  }
  await app.close();
  const { state: _, ...progress } = view.progress();
  const stopped = stoppedWith !== undefined || !isRead;
  tellEnd({ ...progress, output: output ?? null, stopped }, batch);
  return stoppedWith ?? statusOf(progress.tally.statuses);
}

/** Whether a run could not go on: it is tried again, since what was in its way may be gone. */
function isUnended({ status }: CountedRow): boolean {
  return status === 'not-run';
}

/** Whether a run came to no answer, and may come to one when it is run anew. */
function isFailed({ chosen, run_id }: CountedRow): boolean {
  return run_id !== null && chosen === null;
}

interface Keeping {
  readonly batch: ShownBatch;
  readonly sink: ResultSink;
  readonly view: BatchView;
  /** Whether the line gets another row, whatever is there. */
  readonly isNew: boolean;
}

/** Writes what came of a task, once; false when nobody reads the results any more. */
async function keep(
  outcome: BatchOutcome,
  { batch, isNew, sink, view }: Keeping,
): Promise<boolean> {
  const { app, options } = batch;
  const row = rowOf(outcome, app, options.full === true);
  const isThere = sink.has(rowKey(row));
  if (isThere && !isNew) return true;
  const isOld = outcome.status === 'ran' && outcome.before;
  const isLeftOut = (isOld && options.onlyNew) || (isThere && isUnended(row));
  const isRead = isLeftOut || (await sink.write(jsonLine(row)));
  if (isOld) view.addBefore(row);
  else view.add(row);
  if (outcome.status === 'invalid' || outcome.status === 'not-run') tellBad(row, view);
  return isRead;
}

function rowOf(outcome: BatchOutcome, app: App, full: boolean): BatchRow {
  const { id, line } = outcome;
  if (outcome.status === 'ran') {
    const { record } = outcome;
    const result = resultOf(record, { replay: app.isReplay(record) });
    return batchRow({ line, id, status: 'ran', result }, full);
  }
  const { because, status } = outcome;
  const runId = outcome.status === 'invalid' ? null : outcome.runId;
  return batchRow({ line, id, status, runId, because }, full);
}

function tellBad({ error, line, status }: BatchRow, view: BatchView): void {
  const { statuses } = view.progress().tally;
  const count = (statuses['invalid'] ?? 0) + (statuses['not-run'] ?? 0);
  const what = status === 'invalid' ? 'Cannot use' : 'Cannot run';
  if (count <= badLinesMax) view.print(`${what} line ${line}: ${error}`);
  if (count === badLinesMax + 1) view.print('Further such lines are in the results alone');
}

function tellStop(
  step: 'finishing' | 'leaving',
  view: BatchView,
  { concurrency }: BatchRunOptions,
): void {
  view.setState(step);
  const tasks = concurrency === 1 ? 'the task' : 'the tasks';
  view.print(
    step === 'finishing'
      ? `Beginning no further task, and bringing ${tasks} in hand to an end; once more to leave them`
      : `Leaving ${tasks} in hand where they are`,
  );
}

interface PauseSwitch extends Disposable {
  readonly connect: (switches: BatchSwitches) => void;
}

/** SIGUSR2 holds the batch back, and lets it go on. */
function pauseSwitch(view: BatchView): PauseSwitch {
  let switches: BatchSwitches | undefined;
  const toggle = (): void => {
    const { state } = view.progress();
    if (!switches || (state !== 'running' && state !== 'paused')) return;
    const isPaused = state === 'paused';
    view.setState(isPaused ? 'running' : 'paused');
    void (isPaused ? switches.proceed() : switches.pause());
  };
  const heard = onPauseSignal(toggle);
  return {
    connect: (given) => {
      switches = given;
    },
    [Symbol.dispose]: () => heard[Symbol.dispose](),
  };
}

function tellEnd(end: BatchEnd, { again, io, options, app }: ShownBatch): void {
  for (const line of batchSummaryLines(end)) io.stderr.write(`${safeLine(line)}\n`);
  if (end.stopped && (app.keepsRuns || end.output !== null)) {
    const words = ['orchestrator', ...again].map(shellWord).join(' ');
    io.stderr.write(`${safeLine(`To go on with it: ${words}`)}\n`);
  }
  if (options.json) io.stdout.write(`${batchSummaryJson(end)}\n`);
}

/** A word as a shell reads it back. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function statusOf(statuses: Counts): number {
  const withoutAnswer = ['failed', 'invalid', 'not-run', 'over-budget', 'cancelled'];
  if (withoutAnswer.some((status) => statuses[status] !== undefined)) return exitStatus.noAnswer;
  return statuses['degraded'] === undefined ? exitStatus.ok : exitStatus.degraded;
}
