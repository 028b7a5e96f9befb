import { OrchestratorError } from '../domain/mistake.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import type { RunRecord } from '../domain/run-record.ts';

/** Gives the result of a run that can be relied on; throws `cancelled` or `no-recording` with that of any other. */
export function settled(
  { status, notRecorded }: RunRecord,
  result: OrchestratorResult,
  signal: AbortSignal | undefined,
): OrchestratorResult {
  if (status === 'cancelled') {
    const cause: unknown = signal?.reason;
    throw new OrchestratorError('cancelled', 'The run was cancelled', { cause, result });
  }
  const [first] = notRecorded;
  if (first === undefined) return result;
  throw new OrchestratorError('no-recording', `Cannot rely on this replay: ${first}`, {
    hint: 'Record it with the option record, or leave out replay',
    result,
  });
}
