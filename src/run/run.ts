import type { AskTools } from '../ask/ask.ts';
import { decide, type Trial } from '../decide/decide.ts';
import type { Availability } from '../domain/availability.ts';
import type { Decision } from '../domain/decision.ts';
import type { Task } from '../domain/task.ts';
import type { Validation } from '../domain/validation.ts';
import { type ObserveTools, observe } from '../observe/observe.ts';
import { planOf } from '../route/plan-of.ts';
import type { Routes } from '../route/route.ts';
import { validate } from '../validate/validate.ts';
import { type VerifyTools, verify } from '../verify/verify.ts';
import type { ExtractTools } from './extract-once.ts';
import { gather } from './gather.ts';
import { makeSuite } from './make-suite.ts';
import { mergeAnswers } from './merge-answers.ts';
import { namesOf } from './names-of.ts';
import { review } from './review.ts';
import { settle } from './settle.ts';
import type { Step } from './step.ts';

/** What a run needs of the world. */
export interface Tools extends AskTools, ExtractTools, VerifyTools, ObserveTools {
  /** What routing goes by, with what is known of runs of the past where the task is to go by them. */
  readonly routes: (task: Task) => Promise<Routes>;
  /** Looks which runners can be asked here that a task may need, asking no model. */
  readonly availability: (task: Task) => Promise<ReadonlyMap<string, Availability>>;
}

/** Runs one task to a decision and its validation. Each seat of the plan has exactly one row in every later list. */
export async function run(task: Task, step: Step, tools: Tools): Promise<Validation> {
  const plan = await step.once('plan-made', async () =>
    planOf(task, await tools.routes(task), await tools.availability(task)),
  );
  const seats = plan.seats.filter(({ role }) => role === 'primary');
  const validators = plan.seats.filter(({ role }) => role === 'validator');

  const { attempts, replies } = await gather({ task, plan }, step, tools);
  const candidates = attempts.map(tools.extract);
  const verdicts = await step.each('verdict-given', candidates, (row) => verify(row, tools));
  const suite = await makeSuite({ task, plan, candidates, replies }, step, tools);
  const observed = await step.each('candidate-observed', candidates, (row) =>
    observe(row, suite, tools),
  );

  const tried = { seats, suite, observed };
  const input = { mode: plan.route.mode, candidates, verdicts, names: namesOf(plan) };
  const decideWith = (trial: Pick<Trial, 'settlement' | 'merge'>): Decision =>
    decide({ ...input, trial: { ...tried, ...trial } });
  // Nothing is decided twice from the same: what is like what is worked out from every pair of answers.
  const first = decideWith({ settlement: null, merge: null });
  const { selection } = first;
  const settlement = await settle({ task, plan, selection, suite, observed }, step, tools);
  const single = settlement ? decideWith({ settlement, merge: null }) : first;
  const merging = { task, plan, candidates, verdicts, suite, observed, best: single.chosen };
  const merge = await mergeAnswers(merging, step, tools);
  const decision = await step.once('decision-made', () =>
    merge ? decideWith({ settlement, merge }) : single,
  );
  const reviews = await review({ task, decision, validators }, step, tools);
  return step.once('validation-made', () =>
    validate({
      task,
      plan,
      attempts,
      candidates,
      verdicts,
      suite,
      observed,
      decision,
      settlement,
      merge,
      outOfTime: tools.clock.elapsed() >= tools.runEndsAtMs,
      reviews,
    }),
  );
}
