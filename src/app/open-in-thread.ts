import { Worker } from 'node:worker_threads';
import type { HistoryStore } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { historyOver } from '../history/thread/history-over.ts';
import type { HistoryThreadData } from './history-thread.ts';

/**
 * Opens the history in a file of SQLite in a thread of its own, so that nothing else waits while it is read and
 * written. Rejects with `bad-history` where it cannot be opened, and so does every call once its thread has ended;
 * `onEnd` is told where that ended by itself, as for want of memory.
 */
export async function openInThread(
  path: string,
  onEnd: (error: Error) => void,
): Promise<HistoryStore> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workerData: HistoryThreadData = { path };
  const worker = new Worker(new URL(`./history-thread.${extension}`, import.meta.url), {
    workerData,
    // The thread reads no variable, and none can hold a secret there.
    env: {},
  });
  const { store, opened, fail } = historyOver(worker);
  let isWanted = true;
  let found = ' by itself';
  worker.once('error', (error) => {
    found = `: ${error instanceof Error ? error.message : String(error)}`;
  });
  worker.once('exit', () => {
    const ended = new OrchestratorError(
      'bad-history',
      `Cannot use the history ${path}: its thread ended${found}`,
      { hint: 'Try again: it is opened anew' },
    );
    fail(ended);
    if (isWanted) onEnd(ended);
  });
  const end = async (): Promise<void> => {
    isWanted = false;
    await worker.terminate();
  };
  try {
    await opened;
  } catch (error) {
    await end();
    throw error;
  }
  return {
    ...store,
    close: async () => {
      try {
        await store.close();
      } finally {
        await end();
      }
    },
  };
}
