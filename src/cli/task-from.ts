import { resolve } from 'node:path';
import { readChecks } from '../app/read-checks.ts';
import { taskWith } from '../app/task-with.ts';
import type { Settings } from '../domain/settings.ts';
import type { Task } from '../domain/task.ts';
import { readContext } from './read-context.ts';
import type { TaskArguments } from './read-task.ts';
import type { CheckOptions, PlanOptions, SelectOptions } from './run-options.ts';

/** Where a task is made. */
export interface TaskPlace {
  readonly settings: Settings;
  readonly cwd: string;
}

/** Makes the task of its text and the options, context files read; throws for files that cannot be used. */
export async function taskFrom(
  text: string,
  options: PlanOptions & SelectOptions & CheckOptions,
  { settings, cwd }: TaskPlace,
): Promise<Task> {
  const { check, tests, checkIn, checkTimeout } = options;
  const checks = await readChecks(
    {
      commands: check ?? settings.checks.commands,
      tests: tests?.map((path) => resolve(cwd, path)) ?? settings.checks.tests,
      folder: checkIn === undefined ? settings.checks.folder : resolve(cwd, checkIn),
      timeoutMs: checkTimeout ?? settings.checks.timeoutMs,
    },
    cwd,
  );
  const context = await readContext(options.context ?? [], cwd);
  return taskWith(text, { ...options, context, checks }, settings);
}

/** What the arguments of a command say about its task. */
export function taskArguments(
  { args }: { readonly args: readonly string[] },
  options: PlanOptions,
  allArgs: readonly string[],
): TaskArguments {
  return {
    words: args,
    marked: allArgs.includes('--'),
    lists: {
      '--models': options.models,
      '--validators': options.validators,
      '--context': options.context,
    },
  };
}
