import { type AskTools, ask } from '../ask/ask.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Observed } from '../domain/observed.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import type { Selection } from '../domain/selection.ts';
import type { Judgement, Settlement } from '../domain/settlement.ts';
import type { Suite } from '../domain/suite.ts';
import type { Task } from '../domain/task.ts';
import { wordsToJudges } from '../domain/words-to-judges.ts';
import { chooseJudge } from '../settle/choose-judge.ts';
import { findSplit, type Split } from '../settle/find-split.ts';
import { judgePrompt } from '../settle/judge-prompt.ts';
import { readJudgement } from '../settle/read-judgement.ts';
import type { Step } from './step.ts';

/** What is to be settled. */
export interface Settling {
  readonly task: Task;
  readonly plan: Plan;
  /** Null where nothing was run. */
  readonly selection: Selection | null;
  readonly suite: Suite;
  readonly observed: readonly Observed[];
}

/**
 * Settles between the two leading behaviours: shows an input on which they part, and where only votes speak for
 * the first of them asks a model of another family which result the task demands, once in each order. Null
 * where one behaviour is left.
 */
export async function settle(
  { task, plan, selection, suite, observed }: Settling,
  step: Step,
  tools: AskTools,
): Promise<Settlement | null> {
  const split = selection && findSplit(selection, suite, observed);
  const judgement = split && (await judge({ task, plan, split }, step, tools));
  return step.once('settlement-made', () => {
    if (!split || !judgement) return null;
    return { ...split, judgement };
  });
}

interface Judging {
  readonly task: Task;
  readonly plan: Plan;
  readonly split: Split;
}

async function judge(
  { task, plan, split }: Judging,
  step: Step,
  tools: AskTools,
): Promise<Judgement> {
  const { input, sides, isClose } = split;
  if (!isClose) return { status: 'none', because: 'what was run decides without a judge' };
  if (sides.some(({ outcome }) => wordsToJudges(outcome, task.text) !== undefined)) {
    return { status: 'none', because: 'a result addresses its judge' };
  }
  const seat = chooseJudge(
    plan.seats,
    sides.map(({ seats }) => seats),
  );
  if (!seat) return { status: 'none', because: 'no model of another family is there to judge' };
  const [one, other] = [sides[0].outcome, sides[1].outcome];
  const put = (results: readonly [string, string]) => judgePrompt({ task, input, results });
  const askOnce = async (
    type: 'judgement-ended' | 'rejudgement-ended',
    results: readonly [string, string],
  ): Promise<Attempt | undefined> => {
    const row = async (at: Seat): Promise<Attempt> => ask(at, put(results), tools);
    return (await step.each(type, [seat], row))[0];
  };
  const [straight, turned] = await Promise.all([
    askOnce('judgement-ended', [one, other]),
    askOnce('rejudgement-ended', [other, one]),
  ]);
  if (!straight || !turned) return { status: 'none', because: 'the judge was not asked' };
  return readJudgement(seat.id, [straight, turned]);
}
