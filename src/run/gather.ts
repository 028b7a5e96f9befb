import type { AskTools } from '../ask/ask.ts';
import { primaryPrompt } from '../ask/primary-prompt.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import { type Task, usualSelection } from '../domain/task.ts';
import type { ObserveTools } from '../observe/observe.ts';
import { testsPrompt } from '../specify/tests-prompt.ts';
import { type VerifyTools, verify } from '../verify/verify.ts';
import type { ExtractTools } from './extract-once.ts';
import { fanOut } from './fan-out.ts';
import { gatherTests } from './gather-tests.ts';
import { isEnough } from './is-enough.ts';
import { runsCode } from './runs-code.ts';
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

/** What gathering needs of the world. */
type GatherTools = AskTools & ExtractTools & ObserveTools & VerifyTools;

/** Asks the primaries for answers and, at the same time, the validators for tests, where these can be run. */
export async function gather(
  { task, plan }: Gather,
  step: Step,
  tools: GatherTools,
): Promise<Gathered> {
  const primaries = plan.seats.filter(({ role }) => role === 'primary');
  const firstAnswers = Promise.withResolvers<void>();
  const repliesComing = askForTests();
  const isSettled = async (inHand: readonly Attempt[], left: readonly Seat[]): Promise<boolean> => {
    firstAnswers.resolve();
    const replies = await repliesComing;
    return isEnough({ task, plan, inHand, replies, left }, step, tools);
  };
  // An answer is checked while others are waited for.
  const onAttempt = (attempt: Attempt): void => {
    const candidate = tools.extract(attempt);
    const checking = step.each('verdict-given', [candidate], (row) => verify(row, tools));
    // Whoever wants the verdicts hears of a failure.
    checking.catch(() => undefined);
  };
  const { adaptive: wanted = usualSelection.adaptive } = task.selection ?? {};
  const adaptive = wanted && plan.route.mode !== 'architectural';
  const prompt = primaryPrompt(task);
  const answersComing = fanOut(
    { primaries, prompt, isSettled: adaptive ? isSettled : undefined, onAttempt },
    step,
    tools,
  );
  // Also where a step fails, nobody is to wait for tests any longer.
  const [attempts, replies] = await Promise.all([
    answersComing.finally(firstAnswers.resolve),
    repliesComing,
  ]);
  return { attempts, replies };

  /** Tests that nothing here can run are not worth a call. */
  async function askForTests(): Promise<readonly Attempt[]> {
    const { modelTests = usualSelection.modelTests } = task.selection ?? {};
    if (!modelTests || !(await runsCode(plan, tools))) return [];
    const validators = plan.seats.filter(({ role }) => role === 'validator');
    const gathering = {
      validators,
      prompt: testsPrompt(task, null),
      candidates: firstAnswers.promise,
    };
    return gatherTests(gathering, step, tools);
  }
}
