import type { ModelOutput, OrchestratorResult } from '../domain/result.ts';

/** Says on single lines who failed and why, and whether a person should look: what a pipe would not show. */
export function summaryLines(result: OrchestratorResult): readonly string[] {
  const { metadata, outputs, validation } = result;
  if (metadata.status === 'cancelled') return ['Cancelled'];
  const head = metadata.status === 'failed' ? ['No model answered'] : [];
  const reasons = validation?.needsHumanReview ? validation.reviewReasons : [];
  return [
    ...head,
    ...outputs.flatMap((output) => failureOf(output, result)),
    ...reasons.map(({ message }) => `A person should look: ${message}`),
  ];
}

function failureOf(output: ModelOutput, { validation }: OrchestratorResult): readonly string[] {
  const { error, model, role } = output;
  const name = role === 'validator' ? `${model} (validator)` : model;
  if (error !== null) return [`${name} failed: ${error}`];
  const review = validation?.reviews.find((each) => each.model === model);
  return role === 'validator' && review?.verdict === null ? [`${name}: ${review.summary}`] : [];
}
