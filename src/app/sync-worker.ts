import { runAsWorker } from 'synckit';
import { Orchestrator } from './orchestrator.ts';
import type { SyncReply, SyncRequest } from './run-in-worker.ts';

/** Runs one task in this thread while the asking thread waits; an error goes back as data, to keep its code. */
runAsWorker(async ({ settings, task, options }: SyncRequest): Promise<SyncReply> => {
  const orchestrator = new Orchestrator({}, settings);
  try {
    return { status: 'done', result: await orchestrator.run(task, options) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { message, code, hint }: { message: string; code?: unknown; hint?: unknown } = error;
    return { status: 'failed', message, code, hint };
  }
});
