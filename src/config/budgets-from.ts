import type { BudgetLimit } from '../domain/budget.ts';
import type { BudgetSettings } from '../domain/settings.ts';
import type { BudgetConfig, ConfigFile } from './config-file.ts';

/** Adds the budgets of a configuration: the lower number holds, so that a project cannot raise what a person allows. */
export function budgetsFrom({ budgets = {} }: ConfigFile, base: BudgetSettings): BudgetSettings {
  return {
    run: tighter(budgets.run, base.run),
    project: tighter(budgets.project, base.project),
    day: tighter(budgets.day, base.day),
    folder: base.folder,
  };
}

function tighter({ cost, tokens }: BudgetConfig = {}, base: BudgetLimit): BudgetLimit {
  return { costUsd: lower(cost, base.costUsd), tokens: lower(tokens, base.tokens) };
}

function lower(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
