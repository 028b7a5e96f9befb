import type { HistoryStore } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Task } from '../domain/task.ts';
import { trackRecords } from '../learn/track-records.ts';
import type { Learned } from '../route/learned-order.ts';
import type { Routes } from '../route/route.ts';
import { realClock } from './real-clock.ts';

/** Milliseconds: what runners did longer ago says little of the models that they ask today. */
const memoryMs = 90 * 86_400_000;

/** Adds to the routes what the history says of the runners, where the task is to go by it; nothing else is read. */
export async function learnedRoutes(
  { route }: Task,
  routes: Routes,
  store: () => Promise<HistoryStore | undefined>,
): Promise<Routes> {
  if (route !== 'learned') return routes;
  return { ...routes, learned: await learnedFrom(await store()) };
}

async function learnedFrom(store: HistoryStore | undefined): Promise<Learned> {
  if (!store) return { status: 'unknown', because: 'no runs are kept' };
  try {
    const { counts } = await store.credits({ sinceMs: realClock.now() - memoryMs });
    return { status: 'known', recordOf: trackRecords(counts), random: Math.random };
  } catch (error) {
    // A disk that is full keeps nobody from being asked.
    if (!(error instanceof OrchestratorError)) throw error;
    return { status: 'unknown', because: error.message };
  }
}
