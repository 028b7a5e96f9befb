import type { AskTools } from '../ask/ask.ts';
import { primaryPrompt } from '../ask/primary-prompt.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import type { ObserveTools } from '../observe/observe.ts';
import { testsPrompt } from '../specify/tests-prompt.ts';
import type { VerifyTools } from '../verify/verify.ts';
import { fanOut } from './fan-out.ts';
import { gatherTests } from './gather-tests.ts';
import { isEnough } from './is-enough.ts';
import type { Step } from './step.ts';

/** What is asked, and of whom. */
export interface Gather {
  readonly task: Task;
  readonly plan: Plan;
}

/** The answers of the primaries and the tests of the validators, one attempt for each seat asked. */
export interface Gathered {
  readonly attempts: readonly Attempt[];
  readonly replies: readonly Attempt[];
}

/** Asks the primaries for answers and, at the same time, the validators for tests, where these can be run. */
export async function gather(
  { task, plan }: Gather,
  step: Step,
  tools: AskTools & ObserveTools & VerifyTools,
): Promise<Gathered> {
  const primaries = plan.seats.filter(({ role }) => role === 'primary');
  const validators = plan.seats.filter(({ role }) => role === 'validator');
  const firstAnswers = Promise.withResolvers<void>();
  const replies = testsCanRun().then((wanted) =>
    gatherTests(
      {
        validators: wanted ? validators : [],
        prompt: testsPrompt(task, null),
        candidates: firstAnswers.promise,
      },
      step,
      tools,
    ),
  );
  const isSettled = async (inHand: readonly Attempt[], left: readonly Seat[]): Promise<boolean> => {
    firstAnswers.resolve();
    return isEnough({ task, plan, inHand, replies: await replies, left }, tools);
  };
  const adaptive = task.selection?.adaptive === true && plan.route.mode !== 'architectural';
  const attempts = await fanOut(
    { primaries, prompt: primaryPrompt(task), isSettled: adaptive ? isSettled : undefined },
    step,
    tools,
  );
  firstAnswers.resolve();
  return { attempts, replies: await replies };

  /** Tests that nothing here can run are not worth a call. */
  async function testsCanRun(): Promise<boolean> {
    if (validators.length === 0 || task.selection?.modelTests === false) return false;
    if (plan.route.mode === 'architectural') return false;
    const looks = tools.executors.map((executor) => executor.available());
    return (await Promise.all(looks)).some(({ status }) => status === 'ready');
  }
}
