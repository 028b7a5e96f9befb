import { randomUUID } from 'node:crypto';
import { OrchestratorError } from '../domain/mistake.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import { resultOf } from '../report/result.ts';
import type { App } from './app.ts';
import type { RunOptions } from './orchestrator.ts';
import type { BatchItem } from './run-batch.ts';
import { limitsOf, taskOf } from './task-of.ts';

/** A task of a batch with its own options. */
export interface BatchTask extends Omit<RunOptions, 'signal' | 'verbose'> {
  readonly task: string;
  /** Given back with what came of the task. */
  readonly id?: string | undefined;
}

/** What a batch can be told. */
export interface BatchCallOptions {
  /** The name by which it is gone on with: the same task in the same place of a batch of this name is the same run. */
  readonly name?: string | undefined;
  /** The most tasks at once; 4 when left out. */
  readonly concurrency?: number | undefined;
  /** US dollars for the whole batch; what is left undone then is `over-budget`. */
  readonly maxCost?: number | undefined;
  /** Tokens of all prompts and answers of the batch. */
  readonly maxTokens?: number | undefined;
  /** Leaves the tasks in hand, so that a batch with a name can be gone on with, and begins no other. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of one task of a batch. */
export type BatchResult = {
  /** Its place in the batch, from 1. */
  readonly place: number;
  /** Null where it was given none. */
  readonly id: string | null;
} & (
  | { readonly status: 'ran'; readonly result: OrchestratorResult }
  /** It is no task that can be run (`invalid`), its run could not go on, or the budget of the batch has nothing left. */
  | { readonly status: 'invalid' | 'not-run' | 'over-budget'; readonly because: string }
);

const usualConcurrency = 4;

/** Runs tasks and gives the result of each; rejects with `cancelled` once the signal has aborted. */
export async function* batchResults(
  tasks: Iterable<string | BatchTask> | AsyncIterable<string | BatchTask>,
  app: App,
  { concurrency = usualConcurrency, maxCost, maxTokens, name, signal }: BatchCallOptions,
): AsyncGenerator<BatchResult> {
  if (!(Number.isInteger(concurrency) && concurrency > 0)) {
    throw new OrchestratorError(
      'bad-usage',
      `Cannot use concurrency ${concurrency}: wanted a whole number from 1`,
    );
  }
  const outcomes = app.batch(itemsOf(tasks, app), {
    key: name === undefined ? `once ${randomUUID()}` : `name ${name}`,
    concurrency,
    budget: { costUsd: maxCost, tokens: maxTokens },
    leave: signal,
    onNotice: (line) => process.emitWarning(line),
  });
  for await (const { line: place, id, ...outcome } of outcomes) {
    if (outcome.status === 'ran') {
      const { record, status } = outcome;
      const result = resultOf(record, { replay: app.isReplay(record) });
      yield { place, id, status, result };
    } else yield { place, id, status: outcome.status, because: outcome.because };
  }
  if (!signal?.aborted) return;
  throw new OrchestratorError('cancelled', 'The batch was left before its end', {
    cause: signal.reason,
  });
}

async function* itemsOf(
  tasks: Iterable<string | BatchTask> | AsyncIterable<string | BatchTask>,
  app: App,
): AsyncGenerator<BatchItem> {
  let line = 0;
  for await (const each of tasks) {
    line += 1;
    yield itemOf(line, typeof each === 'string' ? { task: each } : each, app);
  }
}

async function itemOf(line: number, given: BatchTask, app: App): Promise<BatchItem> {
  const { id = null, task: text, ...options } = given;
  try {
    const task = await taskOf(text, options, app.settings);
    return { line, id, status: 'task', task, limits: limitsOf(options) };
  } catch (error) {
    if (!(error instanceof OrchestratorError)) throw error;
    return { line, id, status: 'invalid', because: error.message };
  }
}
