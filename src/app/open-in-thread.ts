import { Worker } from 'node:worker_threads';
import type { HistoryStore } from '../domain/history.ts';
import { cannotUse } from '../history/sqlite/history-mistake.ts';
import { historyOver } from '../history/thread/history-over.ts';
import type { HistoryThreadData } from './history-thread.ts';

/**
 * Opens the history in a file of SQLite in a thread of its own, so that nothing else waits while it is read and
 * written. Rejects with `bad-history` where it cannot be opened, and so does every call once its thread has ended.
 */
export async function openInThread(path: string): Promise<HistoryStore> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workerData: HistoryThreadData = { path };
  const worker = new Worker(new URL(`./history-thread.${extension}`, import.meta.url), {
    workerData,
    // The thread reads no variable, and none can hold a secret there.
    env: {},
  });
  const { store, opened, fail } = historyOver(worker);
  const ended = (found: string): void =>
    fail(cannotUse(path, `its thread ended: ${found}`, { hint: 'Start the program again' }));
  worker.once('error', (error) => ended(error instanceof Error ? error.message : String(error)));
  worker.once('exit', (code) => ended(`code ${code}`));
  try {
    await opened;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    ...store,
    close: async () => {
      await store.close();
      await worker.terminate();
    },
  };
}
