import type { Category } from '../domain/category.ts';
import type { Mode, ModeShape } from '../domain/mode.ts';
import type { Route, Seat } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import { type Categorized, categorize } from './categorize.ts';
import { estimateMode } from './estimate-mode.ts';
import type { Learned } from './learned-order.ts';

/** What a runner's answer counts for before anything is known of it. */
export type Standing = Pick<Seat, 'family' | 'strength'>;

/** What routing goes by. */
export interface Routes {
  readonly categories: readonly [Category, ...Category[]];
  readonly modes: Readonly<Record<Mode, ModeShape>>;
  /** The family and the strength of a runner in a category; without it, those that a seat has by default. */
  readonly standingOf?: ((runner: string, category: string) => Standing) | undefined;
  /** Who may stand in where nobody of a category can be asked, best first. */
  readonly lastResorts: readonly string[];
  /** What is known of runs of the past; only where a task is to go by them. */
  readonly learned?: Learned | undefined;
}

/**
 * Tells whom a task calls for, and why, asking nobody and looking at nothing but its words. `order` has the runners
 * of the category, best first, in place of the configured order.
 */
export function route(task: Task, routes: Routes, order?: readonly string[]): Route {
  const { category, words } = categorize(task.text, routes.categories);
  const estimated = task.mode === 'auto' ? estimateMode(task.text, category.name) : undefined;
  const mode = task.mode === 'auto' ? (estimated?.mode ?? 'medium') : task.mode;
  const chosen = task.models
    ? { primaries: task.models, validators: task.validators ?? [] }
    : servers(withOrder(category, order), routes.modes[mode], task.validators);
  return {
    category: category.name,
    mode,
    ...chosen,
    words,
    reason: [
      categoryReason({ category, words }),
      ...(estimated ? [`mode ${mode} because ${estimated.because}`] : []),
      ...(task.models ? ['the models were named'] : []),
    ].join('; '),
  };
}

/** Who is left over by the order validates after those that always do, so that no seat is lost. */
function withOrder(category: Category, order: readonly string[] | undefined): Category {
  if (!order) return category;
  return { ...category, primaries: order, validators: [...category.validators, ...order] };
}

function servers(
  category: Category,
  shape: ModeShape,
  validators: readonly string[] | undefined,
): { readonly primaries: readonly string[]; readonly validators: readonly string[] } {
  const ranked = ranking(category).filter((name) => !validators?.includes(name));
  const primaries = shape.primaries === 'all' ? ranked : ranked.slice(0, shape.primaries);
  const others = category.validators.filter((name) => !primaries.includes(name));
  return { primaries, validators: validators ?? others.slice(0, shape.validators) };
}

/** Every runner of a category, best first. */
export function ranking(category: Category): readonly string[] {
  return [...new Set([...category.primaries, ...category.validators])];
}

function categoryReason({ category, words }: Categorized): string {
  if (words.length === 0) return `${category.name}: no keyword of any category`;
  return `${category.name}: ${words.join(', ')}`;
}
