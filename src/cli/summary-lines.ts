import type { ModelOutput, OrchestratorResult } from '../domain/result.ts';

/** Says on single lines who failed and why, and whether a person should look: what an answer in a pipe does not show. */
export function summaryLines(result: OrchestratorResult): readonly string[] {
  const { metadata, outputs, validation } = result;
  if (metadata.status === 'cancelled') return ['Cancelled'];
  if (metadata.status === 'failed') return failedLines(outputs);
  const reasons = validation?.needsHumanReview ? validation.reviewReasons : [];
  return [
    ...outputs.flatMap((output) => failureOf(output, result)),
    ...reasons.map(({ message }) => `A person should look: ${message}`),
  ];
}

/** A validator that had nothing to review did not fail. */
function failedLines(outputs: readonly ModelOutput[]): readonly string[] {
  const primaries = outputs.filter(({ role }) => role === 'primary');
  const isAlone = primaries.every(
    ({ failureKind }) => failureKind === 'not-installed' || failureKind === 'not-signed-in',
  );
  return [
    'No model answered',
    ...primaries.map(({ model, error }) => `${model} failed: ${error}`),
    ...(isAlone ? ['To see how it works without any model: orchestrator demo'] : []),
  ];
}

function failureOf(output: ModelOutput, { validation }: OrchestratorResult): readonly string[] {
  const { error, model, role } = output;
  const name = role === 'validator' ? `${model} (validator)` : model;
  if (error !== null) return [`${name} failed: ${error}`];
  const review = validation?.reviews.find((each) => each.model === model);
  return role === 'validator' && review?.verdict === null ? [`${name}: ${review.summary}`] : [];
}
