import type { HeldRun } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { ExtractTools } from '../run/extract-once.ts';
import { fold } from '../run/fold.ts';
import { timesOf } from '../run/times-of.ts';

/**
 * Folds the events of a run, reading its answers as the run did where that is given. Throws `unknown-run` for one
 * that has not ended, or is not there.
 */
export function recordOf(
  id: string,
  events: HeldRun['past'],
  read?: ExtractTools['extract'],
): RunRecord {
  const record = events.length > 0 ? fold(events, { id, ...timesOf(events) }, read) : undefined;
  if (record) return record;
  const found = events.length > 0 ? 'it has not ended' : 'the history has no such run';
  throw new OrchestratorError('unknown-run', `Cannot show run ${id}: ${found}`, {
    hint: events.length > 0 ? `Use orchestrator resume ${id}` : 'See orchestrator history',
  });
}
