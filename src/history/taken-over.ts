import { OrchestratorError } from '../domain/mistake.ts';

/** Says that a run is another's: what this process does for it any more would be done twice. */
export function takenOver(id: string): OrchestratorError {
  return new OrchestratorError(
    'run-in-use',
    `Cannot go on with run ${id}: it was deleted, or another process has taken it over`,
    { hint: `See orchestrator show ${id}` },
  );
}
