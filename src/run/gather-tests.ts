import { type AskTools, ask } from '../ask/ask.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Seat } from '../domain/plan.ts';
import type { Prompt } from '../domain/runner.ts';
import type { Step } from './step.ts';

/** Milliseconds for which tests are still waited for once all candidates are there. */
export const testsGraceMs = 20_000;

/** Whom to ask for tests, with what, and until when. */
export interface Gathering {
  readonly validators: readonly Seat[];
  readonly prompt: Prompt;
  /** Settles when all candidates are there; the tests are then waited for a little longer. */
  readonly candidates: Promise<unknown>;
}

/**
 * Asks the validators for tests while the primaries work, so that no author of a test has seen a candidate. Who
 * is late holds the run up for no more than the grace; one attempt for each validator.
 */
export async function gatherTests(
  { validators, prompt, candidates }: Gathering,
  step: Step,
  tools: AskTools,
): Promise<readonly Attempt[]> {
  if (validators.length === 0) return [];
  const late = new AbortController();
  let stopWaiting: (() => void) | undefined;
  void candidates.then(() => {
    stopWaiting = tools.clock.after(testsGraceMs, () => late.abort());
  });
  const signal = AbortSignal.any([tools.signal, late.signal]);
  try {
    return await step.each('tests-ended', validators, (seat) =>
      ask(seat, prompt, { ...tools, signal }),
    );
  } finally {
    stopWaiting?.();
  }
}
