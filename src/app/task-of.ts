import { resolve } from 'node:path';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Limits, Settings } from '../domain/settings.ts';
import type { Task } from '../domain/task.ts';
import type { TaskChecks } from '../domain/task-checks.ts';
import { checkArguments } from './check-arguments.ts';
import { ExecutionMode } from './execution-mode.ts';
import type { ResumeOptions, RunOptions } from './orchestrator.ts';
import { count, positive } from './orchestrator-options.ts';
import { readChecks, usableChecks } from './read-checks.ts';
import { taskWith } from './task-with.ts';

/** Makes a task of its text and the options of a call; rejects with `bad-usage` for what cannot be used. */
export async function taskOf(text: string, options: RunOptions, settings: Settings): Promise<Task> {
  checkArguments(text, options);
  const checks = await checksOf(options, settings);
  const { context = [], mode } = options;
  return taskWith(text, { ...options, context, checks, mode: modeOf(mode) }, settings);
}

/** Test files that are given take the place of those that the settings name. */
async function checksOf(
  { check, tests, checkIn, checkTimeout }: RunOptions,
  { checks }: Settings,
): Promise<TaskChecks | undefined> {
  const seconds = positive('checkTimeout', checkTimeout);
  const wanted = {
    commands: check ?? checks.commands,
    folder: checkIn === undefined ? checks.folder : resolve(checkIn),
    timeoutMs: seconds === undefined ? checks.timeoutMs : seconds * 1000,
  };
  if (tests) return usableChecks({ ...wanted, tests });
  return readChecks({ ...wanted, tests: checks.tests }, process.cwd());
}

function modeOf(mode: string | undefined): ExecutionMode | undefined {
  const known = Object.values(ExecutionMode).find((each) => each === mode);
  if (known !== undefined || mode === undefined) return known;
  const wanted = Object.values(ExecutionMode).join(', ');
  throw new OrchestratorError('bad-usage', `Cannot use mode "${mode}": wanted one of ${wanted}`);
}

/** The limits of a call; throws `bad-usage` for what is none. */
export function limitsOf({ timeout, runTimeout, retries }: ResumeOptions): Partial<Limits> {
  return {
    ...(positive('timeout', timeout) && { timeoutMs: (timeout ?? 0) * 1000 }),
    ...(positive('runTimeout', runTimeout) && { runTimeoutMs: (runTimeout ?? 0) * 1000 }),
    ...(count('retries', retries) !== undefined && { retries: retries ?? 0 }),
  };
}
