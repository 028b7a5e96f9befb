import type { HistoryStore, RunState } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Task } from '../domain/task.ts';
import { taskKey } from '../history/task-key.ts';

/** The most ids that a message shows. */
const shownMaxCount = 5;

/** Finds the run whose id begins with the text; throws `unknown-run`, with the hint where none does, or several do. */
export async function findRun(store: HistoryStore, text: string, hint?: string): Promise<string> {
  const prefix = text.toLowerCase();
  const found = prefix === '' ? [] : await store.idsFrom(prefix, shownMaxCount + 1);
  const [id] = found;
  if (id !== undefined && (found.length === 1 || id === prefix)) return id;
  if (id === undefined) {
    throw new OrchestratorError(
      'unknown-run',
      `Cannot find run "${text}": no run of the history begins so`,
      { hint },
    );
  }
  const shown = found.slice(0, shownMaxCount).join(', ');
  const more = found.length > shownMaxCount ? ' and others' : '';
  throw new OrchestratorError(
    'unknown-run',
    `Cannot tell which run "${text}" is: found ${shown}${more}, wanted more letters`,
  );
}

/** Finds the newest run, or the newest in one of the states; throws `unknown-run` when there is none. */
export async function lastRun(
  store: HistoryStore,
  states?: readonly RunState[] | undefined,
): Promise<string> {
  const [run] = await store.list({ states, limit: 1 });
  if (run) return run.id;
  const which = states ? ` that is ${states.join(' or ')}` : '';
  throw new OrchestratorError(
    'unknown-run',
    `Cannot find the last run: the history has none${which}`,
    states?.includes('interrupted')
      ? { hint: 'A run that was cancelled has ended; give the same command again' }
      : {},
  );
}

/** The newest run of the same task that has an answer or can still come to one; undefined when there is none. */
export async function sameRun(store: HistoryStore, task: Task): Promise<string | undefined> {
  const states: readonly RunState[] = ['running', 'interrupted', 'complete', 'degraded'];
  const [run] = await store.list({ taskKey: taskKey(task), states, limit: 1 });
  return run?.id;
}
