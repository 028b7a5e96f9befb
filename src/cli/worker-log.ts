import { performance } from 'node:perf_hooks';
import type { PerformJob } from '../domain/engine.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { type WorkerEvent, workerJson, workerLine } from '../report/worker-line.ts';
import type { CommandIo } from './command-io.ts';

/** What a worker did, a line each on stderr. */
export interface WorkerLog {
  tell(event: WorkerEvent): void;
  /** How many jobs are in hand. */
  inHand(): number;
  /** Tells when each job begins and ends. */
  logged(perform: PerformJob): PerformJob;
}

/** Makes the log of a worker, for people or for programs. */
export function workerLog({ stderr }: CommandIo, json: boolean): WorkerLog {
  const lineOf = json ? workerJson : workerLine;
  let count = 0;
  const tell = (event: WorkerEvent): void => {
    stderr.write(`${lineOf(event, Date.now())}\n`);
  };
  return {
    tell,
    inHand: () => count,
    logged: (perform) => async (job, signal) => {
      const { id, batch, position } = job;
      const startMs = performance.now();
      count += 1;
      tell({ type: 'job-begun', id, batch, position });
      const ended = (status: JobStatus, because: string | null): void => {
        const durationMs = Math.round(performance.now() - startMs);
        tell({ type: 'job-ended', id, batch, position, status, durationMs, because });
      };
      try {
        await perform(job, signal);
        ended('done', null);
      } catch (error) {
        ended(statusOf(error), error instanceof Error ? error.message : String(error));
        throw error;
      } finally {
        count -= 1;
      }
    },
  };
}

type JobStatus = Extract<WorkerEvent, { readonly type: 'job-ended' }>['status'];

function statusOf(error: unknown): JobStatus {
  if (!(error instanceof OrchestratorError)) return 'failed';
  if (error.code === 'run-in-use' || error.code === 'bad-history') return 'later';
  return error.code === 'cancelled' ? 'left' : 'failed';
}
