import { runAsWorker } from 'synckit';
import { toldError } from '../domain/told-error.ts';
import { Orchestrator } from './orchestrator.ts';
import type { SyncReply, SyncRequest } from './run-in-worker.ts';

/** Runs one task in this thread while the asking thread waits; an error goes back as data, to keep its code. */
runAsWorker(async ({ settings, task, options }: SyncRequest): Promise<SyncReply> => {
  const orchestrator = new Orchestrator({}, settings);
  try {
    return { status: 'done', result: await orchestrator.run(task, options) };
  } catch (error) {
    return { status: 'failed', error: toldError(error) };
  }
});
