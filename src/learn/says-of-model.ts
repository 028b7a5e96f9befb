import type { FailureKind } from '../domain/failure.ts';

/**
 * Kinds that tell how the model, or who serves it, answers. What is left out tells of the account, the machine, the
 * configuration or the run: a key that is wrong makes no model worse.
 */
const own: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'rate-limited',
  'overloaded',
  'input-too-long',
  'output-too-long',
  'flooded',
  'refused',
  'broken-stream',
  'empty-answer',
  'timed-out',
  'stalled',
  'unknown',
]);

/** Whether a failure says how often the model is to be expected to answer. */
export function saysOfModel(kind: FailureKind): boolean {
  return own.has(kind);
}
