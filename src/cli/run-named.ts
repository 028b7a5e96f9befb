import { findRun } from '../app/find-run.ts';
import type { HistoryStore } from '../domain/history.ts';

const hint =
  'See orchestrator history. To ask the models instead, put the task in quotes, or begin with: orchestrator ask';

/** Finds the run that a word of the command line names by how its id begins; throws `unknown-run`. */
export function runNamed(store: HistoryStore, word: string): Promise<string> {
  return findRun(store, word, hint);
}
