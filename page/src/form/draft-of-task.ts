import type { BudgetLimit } from '../../../src/domain/budget.ts';
import type { Limits } from '../../../src/domain/settings.ts';
import type { Task } from '../../../src/domain/task.ts';
import { type Draft, emptyDraft } from './draft.ts';

/** A run, as far as its history says what it was asked for. */
export interface AskedRun {
  readonly id: string;
  readonly task: Task;
  /** Undefined for none. */
  readonly budget: BudgetLimit | undefined;
  /** In place of the settings' own; undefined for nothing. */
  readonly limits: Partial<Limits> | undefined;
}

/** A form filled in, and what a person should know of it. */
export interface FilledDraft {
  readonly draft: Draft;
  readonly note: string;
}

/** Fills the form in with what a run was asked for. Data tests are not kept as they were given. */
export function draftOfTask({ id, task, budget, limits = {} }: AskedRun): FilledDraft {
  const draft: Draft = {
    ...emptyDraft,
    task: task.text,
    context: task.context,
    mode: task.mode,
    models: task.models ?? [],
    validators: task.validators ?? [],
    strict: task.strict,
    route: task.route ?? null,
    ...checksIn(task),
    ...selectionIn(task),
    timeout: textOf(secondsOf(limits.timeoutMs)),
    retries: textOf(limits.retries),
    max_cost: textOf(budget?.costUsd),
    max_tokens: textOf(budget?.tokens),
  };
  return { draft, note: notesOf(id, task).join(' ') };
}

function checksIn({ checks }: Task): Partial<Draft> {
  if (!checks) return {};
  const { commands, tests, timeoutMs } = checks;
  return { check: commands.join('\n'), tests, check_timeout: textOf(secondsOf(timeoutMs)) };
}

function secondsOf(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

function selectionIn({ selection = {} }: Task): Partial<Draft> {
  const { samples, adaptive = null, merge = null, modelTests = null } = selection;
  const others = { adaptive, merge, model_tests: modelTests };
  if (typeof samples !== 'object') return { ...others, samples: textOf(samples) };
  const own = Object.entries(samples).map(([name, count]) => [name, textOf(count)]);
  return { ...others, samples_of: Object.fromEntries(own) };
}

function notesOf(id: string, { checks, models, selection }: Task): readonly string[] {
  const dataTests = checks?.given.length ?? 0;
  const isOfModels = typeof selection?.samples === 'object' && models === undefined;
  return [
    `Filled in from run ${id}.`,
    ...(dataTests > 0 ? [`Choose the files of its ${dataTests} data tests again.`] : []),
    ...(isOfModels
      ? ['It asked some models for several answers: choose them to do so again.']
      : []),
  ];
}

/** As the form reads it: without an exponent. */
function textOf(number: number | undefined): string {
  if (number === undefined) return '';
  return number.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}
