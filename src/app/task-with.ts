import type { RouteWish } from '../domain/learning.ts';
import type { Mode } from '../domain/mode.ts';
import type { Settings } from '../domain/settings.ts';
import type { SelectionOptions, SourceFile, Task } from '../domain/task.ts';
import type { TaskChecks } from '../domain/task-checks.ts';

/** What is said of a task besides its text, at whichever entry; the settings say the rest. */
export interface SaidOfTask extends SelectionOptions {
  readonly mode?: Mode | 'auto' | undefined;
  readonly models?: readonly string[] | undefined;
  readonly validators?: readonly string[] | undefined;
  readonly strict?: boolean | undefined;
  readonly route?: RouteWish | undefined;
}

/** The files of a task, read. */
export interface TaskFiles {
  readonly context: readonly SourceFile[];
  readonly checks: TaskChecks | undefined;
}

/** Makes a task of its text, of what is said of it, and of the settings. */
export function taskWith(
  text: string,
  { context, checks, ...said }: SaidOfTask & TaskFiles,
  settings: Settings,
): Task {
  const { samples, adaptive, merge, modelTests } = said;
  return {
    text,
    context,
    mode: said.mode ?? settings.defaultMode,
    models: said.models ?? settings.defaultModels,
    validators: said.validators,
    strict: said.strict ?? settings.strict,
    route: said.route ?? settings.route,
    selection: { samples, adaptive, merge, modelTests },
    ...(checks && { checks }),
  };
}
