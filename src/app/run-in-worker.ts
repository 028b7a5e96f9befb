import { fileURLToPath } from 'node:url';
import { createSyncFn } from 'synckit';
import { OrchestratorError } from '../domain/mistake.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import type { Settings } from '../domain/settings.ts';
import { errorTold, type ToldError } from '../domain/told-error.ts';
import type { RunOptions } from './orchestrator.ts';
import type { SortedRunners } from './runner-entries.ts';

/** What crosses to the worker. */
export interface SyncRequest {
  readonly settings: Settings;
  readonly task: string;
  readonly options: RunOptions;
}

/** What comes back. */
export type SyncReply =
  | { readonly status: 'done'; readonly result: OrchestratorResult }
  | { readonly status: 'failed'; readonly error: ToldError };

/** Runs a task in a worker and blocks this thread until it ends; throws as `run` rejects, and `not-sync`. */
export function runInWorker(
  { settings, given }: SortedRunners,
  task: string,
  options: RunOptions,
): OrchestratorResult {
  refuseWhatCannotCross(
    Object.keys(given).filter((name) => mayBeAsked(name, settings, options)),
    options,
  );
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = fileURLToPath(new URL(`./sync-worker.${extension}`, import.meta.url));
  const runThere = createSyncFn<(request: SyncRequest) => Promise<SyncReply>>(worker);
  const reply = runThere({ settings, task, options: { ...options, signal: undefined } });
  if (reply.status === 'done') return reply.result;
  throw errorTold(reply.error);
}

/** Whether a run could come to a runner: it is named, or a category that could be the task's has it. */
function mayBeAsked(name: string, settings: Settings, options: RunOptions): boolean {
  const named = [
    ...(options.models ?? settings.defaultModels ?? []),
    ...(options.validators ?? []),
  ];
  if (named.includes(name)) return true;
  if (options.models ?? settings.defaultModels) return false;
  return settings.categories.some(({ primaries, validators }) =>
    [...primaries, ...validators].includes(name),
  );
}

function refuseWhatCannotCross(given: readonly string[], options: RunOptions): void {
  if (options.signal) {
    throw new OrchestratorError(
      'not-sync',
      'Cannot run with a signal and block: nothing in a blocked thread can abort it',
      { hint: 'Use run(), or a timeout' },
    );
  }
  if (given.length === 0) return;
  throw new OrchestratorError(
    'not-sync',
    `Cannot reach the runner ${given.join(', ')} from another thread: it lives in the blocked one`,
    { hint: 'Declare it by its module: { type: "module", url: "file:///..." }, or use run()' },
  );
}
