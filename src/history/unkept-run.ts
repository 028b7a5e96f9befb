import type { HeldRun, StartEvent } from '../domain/history.ts';
import { runId } from './run-id.ts';

/** Holds a run that nothing is kept of. */
export function unkeptRun(first: StartEvent, id: string = runId()): HeldRun {
  return {
    id,
    past: [first],
    append: async () => undefined,
    renew: async () => true,
    release: async () => undefined,
  };
}
