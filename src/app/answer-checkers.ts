import { typeChecker } from '../checkers/types/type-checker.ts';
import { userChecker } from '../checkers/user/user-checker.ts';
import { stateFolder } from '../config/places.ts';
import type { Sandbox, SandboxLevel } from '../domain/sandbox.ts';
import type { Task } from '../domain/task.ts';
import type { AnswerChecker } from '../domain/verdict.ts';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../sandbox/probe-sandboxes.ts';

/** The checks of whole answers in one run, until they are disposed of. */
export interface AnswerCheckers extends AsyncDisposable {
  readonly list: readonly AnswerChecker[];
}

/** The weakest level that runs programs of the machine, which test runners are. */
const floor: SandboxLevel = 'seatbelt';

/** Makes what checks the answers to a task as a whole; nothing is looked for or started before it is used. */
export function answerCheckers(
  task: Task,
  env: Readonly<Record<string, string | undefined>>,
): AnswerCheckers {
  const { checks, context } = task;
  if (checks === undefined) return { list: [], [Symbol.asyncDispose]: async () => {} };
  let sandbox: ReturnType<typeof openSandbox> | undefined;
  const tools = { sandbox: () => (sandbox ??= openSandbox(env)), env, context };
  const list = [userChecker(checks, tools), typeChecker(checks, tools)];
  return {
    list,
    [Symbol.asyncDispose]: async () => {
      for (const checker of list) await checker[Symbol.asyncDispose]();
    },
  };
}

async function openSandbox(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Sandbox | { readonly because: string }> {
  const rows = await probeSandboxes({
    cacheFolder: stateFolder(env),
    allowsNone: false,
    deno: undefined,
    levels: ['namespaces', 'kernel', 'seatbelt'],
  });
  const choice = chooseSandbox(rows, floor);
  if (choice.status === 'chosen') return choice.sandbox;
  const found = choice.rows.map((row) =>
    row.status === 'missing' ? `${row.level}: ${row.found}` : row.level,
  );
  return { because: `there is no sandbox to run it in (${found.join('; ')})` };
}
