import { decide } from '../decide/decide.ts';
import { isDecided } from '../decide/is-decided.ts';
import type { Attempt } from '../domain/attempt.ts';
import { demandsOn } from '../domain/lens.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import { type ObserveTools, observe } from '../observe/observe.ts';
import { settleExpected } from '../observe/settle-expected.ts';
import { type VerifyTools, verify } from '../verify/verify.ts';
import type { ExtractTools } from './extract-once.ts';
import { suiteFrom } from './make-suite.ts';
import { namesOf } from './names-of.ts';
import type { Step } from './step.ts';

/** The answers that are weighed, and who may still answer. */
export interface Weighing {
  readonly task: Task;
  readonly plan: Plan;
  /** Answers that are there, and tests of validators. */
  readonly inHand: readonly Attempt[];
  readonly replies: readonly Attempt[];
  /** Seats whose answers may still come. */
  readonly left: readonly Seat[];
}

/**
 * Tries the answers in hand and tells whether they decide, whatever the seats that are left would bring: the one
 * that they speak for meets every demand, those of models included, and cannot be outvoted.
 */
export async function isEnough(
  { task, plan, inHand, replies, left }: Weighing,
  step: Step,
  tools: ExtractTools & ObserveTools & VerifyTools,
): Promise<boolean> {
  const candidates = inHand.map(tools.extract);
  // A verdict is of one answer alone, and the same one that the run has of it in the end.
  const verdicts = await step.each('verdict-given', candidates, (row) => verify(row, tools));
  const suite = await settleExpected(suiteFrom({ task, candidates, replies }), tools);
  const observed = await Promise.all(candidates.map((row) => observe(row, suite, tools)));
  const decision = decide({
    mode: plan.route.mode,
    candidates,
    verdicts,
    names: namesOf(plan),
    trial: { seats: plan.seats, suite, observed, settlement: null, merge: null },
  });
  const chosen = observed.find(({ seat }) => seat === decision.chosen);
  const rows = chosen?.status === 'ran' ? chosen.rows : [];
  if (demandsOn(rows, suite).some(({ met }) => !met)) return false;
  const asked = plan.seats.filter(({ id }) => inHand.some(({ seat }) => seat === id));
  return isDecided(decision, { asked, left });
}
