import { runIdOf } from '../history/run-id.ts';
import { taskKey } from '../history/task-key.ts';
import type { Handoff } from '../lib/handoff.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { BatchItem, BatchOutcome } from './run-batch.ts';

/** The tasks of a batch, as they come. */
export type BatchItems = AsyncIterable<BatchItem> | Iterable<BatchItem>;

/** A batch that runs. */
export interface Running {
  readonly outcomes: Handoff<BatchOutcome>;
  /** Resolves when all has been given; rejects with what ended the batch. */
  run(items: BatchItems): Promise<void>;
}

/**
 * Gives what comes of a batch. `make` is given what aborts when nobody takes any more, or when `leave` does;
 * leaving the loop waits until the batch has ended.
 */
export async function* batchStream(
  items: BatchItems,
  leave: AbortSignal | undefined,
  make: (leave: AbortSignal) => Running,
): AsyncGenerator<BatchOutcome> {
  const leaving = new AbortController();
  const batch = make(AbortSignal.any([leave ?? [], leaving.signal].flat()));
  const producing = batch.run(items);
  // What it throws is thrown below, when everything that was given is taken.
  producing.catch(() => undefined);
  try {
    yield* batch.outcomes;
    await producing;
  } finally {
    leaving.abort();
    await producing.catch(() => undefined);
  }
}

/** Gives the tasks until the signal aborts: the next line of a pipe may never come. */
export async function* itemsUntil(stop: AbortSignal, items: BatchItems): AsyncGenerator<BatchItem> {
  const iterator =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  for (;;) {
    const next = await untilAborted(stop, Promise.resolve(iterator.next()));
    if (!next || next.done) return;
    yield next.value;
  }
}

/** The id of the run of a task: the same task in the same place of the same batch is the same run. */
export function batchRunId(
  key: string,
  { line, task, limits }: Extract<BatchItem, { readonly status: 'task' }>,
): string {
  return runIdOf([key, line, taskKey(task), JSON.stringify(limits)]);
}
