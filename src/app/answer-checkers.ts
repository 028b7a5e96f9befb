import { typeChecker } from '../checkers/types/type-checker.ts';
import { userChecker } from '../checkers/user/user-checker.ts';
import type { Sandbox, SandboxChoice } from '../domain/sandbox.ts';
import type { Task } from '../domain/task.ts';
import type { AnswerChecker } from '../domain/verdict.ts';

/** The checks of whole answers in one run, until they are disposed of. */
export interface AnswerCheckers extends AsyncDisposable {
  readonly list: readonly AnswerChecker[];
}

/** Makes what checks the answers to a task as a whole; nothing is looked for or started before it is used. */
export function answerCheckers(
  task: Task,
  env: Readonly<Record<string, string | undefined>>,
  choose: () => Promise<SandboxChoice>,
): AnswerCheckers {
  const { checks, context } = task;
  if (checks === undefined) return { list: [], [Symbol.asyncDispose]: async () => {} };
  let sandbox: ReturnType<typeof sandboxOf> | undefined;
  const tools = { sandbox: () => (sandbox ??= sandboxOf(choose)), env, context };
  const list = [userChecker(checks, tools), typeChecker(checks, tools)];
  return {
    list,
    [Symbol.asyncDispose]: async () => {
      for (const checker of list) await checker[Symbol.asyncDispose]();
    },
  };
}

/** What the person's own checks run in; the level `runtime` runs no programs of the machine, which these are. */
async function sandboxOf(
  choose: () => Promise<SandboxChoice>,
): Promise<Sandbox | { readonly because: string }> {
  const choice = await choose();
  if (choice.status === 'chosen') {
    const { sandbox } = choice;
    return sandbox.level === 'runtime'
      ? { because: 'the sandbox of this machine, runtime, runs no test runners' }
      : sandbox;
  }
  const found = choice.rows.map((row) =>
    row.status === 'missing' ? `${row.level}: ${row.found}` : row.level,
  );
  return { because: `there is no sandbox to run it in (${found.join('; ')})` };
}
