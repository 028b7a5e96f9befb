import type { RunJob } from '../domain/engine.ts';
import { safeLine } from './safe-text.ts';

/** A job as the log of a worker names it. */
type NamedJob = Pick<RunJob, 'id' | 'batch' | 'position'>;

/** What a worker did. */
export type WorkerEvent =
  | { readonly type: 'worker-started'; readonly engine: string; readonly concurrency: number }
  | ({ readonly type: 'job-begun' } & NamedJob)
  | ({
      readonly type: 'job-ended';
      /** `later`: for now it cannot be performed; `left`: it was given back, or its batch was cancelled. */
      readonly status: 'done' | 'failed' | 'later' | 'left';
      readonly durationMs: number;
      /** Null for a done one. */
      readonly because: string | null;
    } & NamedJob)
  | { readonly type: 'worker-draining'; readonly jobs: number; readonly limitMs: number }
  | { readonly type: 'worker-ended' }
  | { readonly type: 'notice'; readonly message: string };

/** Writes an event of a worker as one line, harmless on a terminal; `atMs` is since the epoch. */
export function workerLine(event: WorkerEvent, atMs: number): string {
  return safeLine(`${new Date(atMs).toISOString()} ${textOf(event)}`);
}

/** Writes an event of a worker as one line of JSON, with its keys in snake_case. */
export function workerJson(event: WorkerEvent, atMs: number): string {
  const { type, ...rest } = event;
  const fields = Object.entries(rest).map(([key, value]) => [
    key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return JSON.stringify({ at: new Date(atMs).toISOString(), type, ...Object.fromEntries(fields) });
}

function textOf(event: WorkerEvent): string {
  switch (event.type) {
    case 'worker-started':
      return `Takes jobs from ${event.engine}, ${event.concurrency} at once`;
    case 'job-begun':
      return `begins ${nameOf(event)}`;
    case 'job-ended':
      return `ends   ${nameOf(event)}: ${event.status} after ${(event.durationMs / 1000).toFixed(1)} s${reasonOf(event.because)}`;
    case 'worker-draining':
      return `Takes no further job, and gives ${event.jobs} in hand ${event.limitMs / 1000} s to end; a second signal ends it at once`;
    case 'worker-ended':
      return 'Has ended';
    case 'notice':
      return event.message;
  }
}

function nameOf({ id, batch, position }: NamedJob): string {
  return `${id} (${batch}, ${position})`;
}

function reasonOf(because: string | null): string {
  return because === null ? '' : `: ${because}`;
}
