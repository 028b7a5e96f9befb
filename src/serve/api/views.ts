import { basename } from 'node:path';
import type { Estimate } from '../../domain/estimate.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Settings } from '../../domain/settings.ts';
import { usualSelection } from '../../domain/task.ts';
import type { AmountView, DefaultsView, RouteView } from './shapes.ts';

/** A plan as the API shows it. */
export function routeView(
  { route, seats, substitutions }: Plan,
  { least, most, unpriced, unbounded }: Estimate,
): RouteView {
  return {
    category: route.category,
    mode: route.mode,
    reason: route.reason,
    words: [...route.words],
    seats: seats.map(({ id, role, runner, unavailable }) => ({
      id,
      role,
      model: runner,
      available: unavailable === undefined,
      why_not: unavailable?.message ?? null,
    })),
    substitutions: substitutions.map(({ runner, ...rest }) => ({ ...rest, model: runner })),
    learning: route.learning ?? null,
    estimate: { least: amountView(least), most: amountView(most), unpriced, unbounded },
  };
}

function amountView({ costUsd, tokens }: Estimate['most']): AmountView {
  return { cost_usd: costUsd, tokens };
}

/** What the settings, and failing them the product, say of a run. */
export function defaultsView(settings: Settings): DefaultsView {
  const { defaultMode, defaultModels, strict, route, checks, limits, budgets, modes } = settings;
  const { modelTests, ...selection } = usualSelection;
  return {
    mode: defaultMode,
    models: defaultModels ?? null,
    strict,
    route,
    check: checks.commands,
    tests: checks.tests.map((path) => basename(path)),
    check_timeout: checks.timeoutMs / 1000,
    ...selection,
    model_tests: modelTests,
    timeout: limits.timeoutMs / 1000,
    retries: limits.retries,
    max_cost: budgets.run.costUsd ?? null,
    max_tokens: budgets.run.tokens ?? null,
    modes,
  };
}
