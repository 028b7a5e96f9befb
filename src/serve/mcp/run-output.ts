import type { RunState } from '../../domain/history.ts';
import type { OrchestratorResult } from '../../domain/result.ts';
import { markdownAnswer } from '../../report/markdown-answer.ts';
import type { RunOutput } from './schemas.ts';

/** Shows a run that has ended as tools give it. */
export function endedOutput(result: OrchestratorResult): RunOutput {
  const { metadata, outputs, validation, verification } = result;
  const { status, because } = verification;
  return {
    run_id: metadata.runId,
    status: metadata.status,
    answer: markdownAnswer(result) || null,
    chosen: metadata.chosen,
    verification: metadata.chosen === null ? null : { status, because },
    needs_human_review: validation?.needsHumanReview ?? null,
    review_reasons: validation?.reviewReasons.map(({ message }) => message) ?? [],
    models: outputs.map(({ model, role, success, error }) => ({ model, role, success, error })),
    next: null,
  };
}

/** Shows a run without a result as tools give it. */
export function openOutput(id: string, status: RunState): RunOutput {
  const next =
    status === 'running'
      ? `It goes on: call get_run with run_id "${id}" and wait_seconds`
      : `It was interrupted: orchestrator resume ${id} goes on with it`;
  return {
    run_id: id,
    status,
    answer: null,
    chosen: null,
    verification: null,
    needs_human_review: null,
    review_reasons: [],
    models: [],
    next,
  };
}
