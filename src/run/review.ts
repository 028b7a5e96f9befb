import { type AskTools, ask, notAsked } from '../ask/ask.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Decision } from '../domain/decision.ts';
import type { Seat } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import type { Review } from '../domain/validation.ts';
import { readReview } from '../validate/read-review.ts';
import { reviewPrompt } from '../validate/review-prompt.ts';
import type { Step } from './step.ts';

/** What validators are asked about. */
export interface Reviewing {
  readonly task: Task;
  readonly decision: Decision;
  readonly validators: readonly Seat[];
}

/**
 * Asks each validator for a review of the chosen answer, and once more, in stricter words, where the reply
 * cannot be read. One review for each validator seat.
 */
export async function review(
  { task, decision, validators }: Reviewing,
  step: Step,
  tools: AskTools,
): Promise<readonly Review[]> {
  if (decision.chosen === null) return nothingToReview(validators, step);
  const attempts = await askAll('attempt-ended', false, validators);
  const readings = attempts.map(readReview);
  const unreadable = validators.filter((_, index) => isUnreadable(readings[index]));
  const again = await askAll('reattempt-ended', true, unreadable);
  const second = new Map(again.map((attempt) => [attempt.seat, readReview(attempt)]));
  return step.each('review-given', readings, (reading) => second.get(reading.seat) ?? reading);

  function askAll(
    type: 'attempt-ended' | 'reattempt-ended',
    strict: boolean,
    seats: readonly Seat[],
  ): Promise<readonly Attempt[]> {
    const prompt = reviewPrompt({ task, decision, strict });
    return step.each(type, seats, (seat) => ask(seat, prompt, tools));
  }
}

async function nothingToReview(
  validators: readonly Seat[],
  step: Step,
): Promise<readonly Review[]> {
  const failure = {
    kind: 'not-asked',
    message: 'There was no answer to review',
  } as const;
  await step.each('attempt-ended', validators, (seat) => notAsked(seat, failure));
  return step.each('review-given', validators, (seat) => ({
    status: 'none',
    seat: seat.id,
    because: 'nothing-to-review',
  }));
}

function isUnreadable(reading: Review | undefined): boolean {
  return reading?.status === 'none' && reading.because === 'unreadable-review';
}
