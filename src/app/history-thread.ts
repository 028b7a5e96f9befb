import { parentPort, workerData } from 'node:worker_threads';
import { isGone, thisHolder } from '../history/holder.ts';
import { sqliteHistory } from '../history/sqlite/sqlite-history.ts';
import { serveHistory } from '../history/thread/serve-history.ts';
import { realClock } from './real-clock.ts';

/** Where the history is that this thread is for; `openInThread` gives it. */
export interface HistoryThreadData {
  readonly path: string;
}

// Only a worker runs this.
if (!parentPort) throw new TypeError('not the thread of a history');
const { path }: HistoryThreadData = workerData;
serveHistory(parentPort, () =>
  sqliteHistory(path, { now: realClock.now, holder: thisHolder(), isGone }),
);
