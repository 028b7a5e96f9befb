import type { Mode } from '../../../src/domain/mode.ts';
import type { SourceFile } from '../../../src/domain/task.ts';
import type { RunRequest } from '../../../src/serve/api/shapes.ts';

/** What a person has put into the form of a new run. */
export interface Draft {
  readonly task: string;
  readonly context: readonly SourceFile[];
  readonly mode: Mode | 'auto';
  /** Empty for those of the category. */
  readonly models: readonly string[];
  /** One command a line. */
  readonly commands: string;
  readonly tests: readonly SourceFile[];
  /** Seconds for each model; empty for the usual ones. */
  readonly timeout: string;
  readonly adaptive: boolean;
  readonly strict: boolean;
}

/** A form in which nothing was put. */
export const emptyDraft: Draft = {
  task: '',
  context: [],
  mode: 'auto',
  models: [],
  commands: '',
  tests: [],
  timeout: '',
  adaptive: false,
  strict: false,
};

/** What a draft asks the server for; what is left empty is left out, and so goes by the configuration. */
export function requestOf(draft: Draft): RunRequest {
  const { task, context, mode, models, tests, timeout, adaptive, strict } = draft;
  const check = draft.commands.split('\n').filter((line) => line.trim() !== '');
  return {
    task,
    ...(mode !== 'auto' && { mode }),
    ...(context.length > 0 && { context }),
    ...(models.length > 0 && { models }),
    ...(check.length > 0 && { check }),
    ...(tests.length > 0 && { tests }),
    ...(timeout !== '' && { timeout: Number(timeout) }),
    ...(adaptive && { adaptive }),
    ...(strict && { strict }),
  };
}
