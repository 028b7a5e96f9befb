import { type AskTools, ask } from '../ask/ask.ts';
import { primaryPrompt } from '../ask/primary-prompt.ts';
import { decide } from '../decide/decide.ts';
import type { Availability } from '../domain/availability.ts';
import type { Seat } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import type { Validation } from '../domain/validation.ts';
import type { AnswerChecker, Checker } from '../domain/verdict.ts';
import { extract } from '../extract/extract.ts';
import { planOf } from '../route/plan-of.ts';
import type { Routes } from '../route/route.ts';
import { validate } from '../validate/validate.ts';
import { verify } from '../verify/verify.ts';
import { review } from './review.ts';
import type { Step } from './step.ts';

/** What a run needs of the world. */
export interface Tools extends AskTools {
  readonly routes: Routes;
  /** Looks which runners can be asked here that a task may need, asking no model. */
  readonly availability: (task: Task) => Promise<ReadonlyMap<string, Availability>>;
  readonly checkers: readonly Checker[];
  /** Looks at whole answers; for each task its own. */
  readonly answerCheckers: readonly AnswerChecker[];
}

/** Runs one task to a decision and its validation. Each seat of the plan has exactly one row in every later list. */
export async function run(task: Task, step: Step, tools: Tools): Promise<Validation> {
  const plan = await step.once('plan-made', async () =>
    planOf(task, tools.routes, await tools.availability(task)),
  );
  const primaries = plan.seats.filter((seat) => seat.role === 'primary');
  const validators = plan.seats.filter((seat) => seat.role === 'validator');
  const names = new Map(plan.seats.map((seat: Seat) => [seat.id, seat.runner]));

  const prompt = primaryPrompt(task);
  const attempts = await step.each('attempt-ended', primaries, (seat) => ask(seat, prompt, tools));
  const candidates = attempts.map(extract);
  const verdicts = await step.each('verdict-given', candidates, (candidate) =>
    verify(candidate, tools),
  );
  const decision = await step.once('decision-made', () =>
    decide({ mode: plan.route.mode, candidates, verdicts, names }),
  );
  const reviews = await review({ task, decision, validators }, step, tools);
  return step.once('validation-made', () =>
    validate({ plan, attempts, verdicts, decision, reviews }),
  );
}
