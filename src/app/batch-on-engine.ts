import { OrchestratorError } from '../domain/mistake.ts';
import type { BatchItems } from './batch-stream.ts';
import { openEngine } from './open-engine.ts';
import { noHistory } from './open-history.ts';
import { realClock } from './real-clock.ts';
import { requireSharedHistory } from './require-shared-history.ts';
import { type BatchOptions, type BatchOutcome, runBatch } from './run-batch.ts';
import { runSharedBatch } from './run-shared-batch.ts';
import type { RunParts } from './run-task.ts';

/** Runs a batch in this process, or on the engine that the settings name, whose workers perform it. */
export async function* batchOnEngine(
  items: BatchItems,
  parts: RunParts,
  options: BatchOptions,
): AsyncGenerator<BatchOutcome> {
  const { settings } = parts;
  if (settings.engine.url === undefined) return yield* runBatch(items, parts, options);
  if (options.retryFailed) throw noRetries();
  requireSharedHistory(settings);
  const store = await parts.store();
  if (!store) throw noHistory();
  const { onNotice = (): void => undefined } = options;
  const engine = await openEngine(settings.engine, { onNotice });
  try {
    yield* runSharedBatch(items, { engine, store, clock: realClock }, options);
  } finally {
    await engine.close();
  }
}

function noRetries(): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    'Cannot run failed tasks anew on an engine: its workers perform each run once',
    {
      hint: 'Put the failed tasks into a file of their own, or give the batch another --batch NAME',
    },
  );
}
