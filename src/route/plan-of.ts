import type { Availability } from '../domain/availability.ts';
import type { Category } from '../domain/category.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import { type Task, usualSelection } from '../domain/task.ts';
import { learnedRoute } from './learned-route.ts';
import { learnedStrength } from './learned-strength.ts';
import { type Routes, ranking, route, type Standing } from './route.ts';
import { takeSeats } from './take-seats.ts';
import { withSamples } from './with-samples.ts';

/** Plans a task: whom it calls for, and who sits in each seat here. Throws for names without a runner. */
export function planOf(
  task: Task,
  routes: Routes,
  availability: ReadonlyMap<string, Availability>,
): Plan {
  const standIns = standInsOf(task, routes, availability);
  const chosen = learnedRoute(task, routes, availability);
  const plan = takeSeats(chosen, { availability, substitutes: standIns });
  return withSamples(withStanding(plan, routes), task.selection?.samples ?? usualSelection.samples);
}

/** Whether others may stand in for a task's runners, and none that is declared can be asked here. */
export function needsLastResort(
  task: Task,
  routes: Routes,
  availability: ReadonlyMap<string, Availability>,
): boolean {
  const declared = [...availability.keys()].filter((name) => !routes.lastResorts.includes(name));
  return categoryOf(task, routes) !== undefined && !anyOf(declared, availability);
}

function withStanding(plan: Plan, { standingOf, learned }: Routes): Plan {
  const { category, learning } = plan.route;
  const records = learning?.status === 'used' && learned?.status === 'known' ? learned : undefined;
  const standing = ({ runner }: Seat): Standing => {
    const configured = standingOf?.(runner, category) ?? {};
    if (!records) return configured;
    const strength = learnedStrength(records.recordOf(runner, category), configured.strength);
    return strength === undefined ? configured : { ...configured, strength };
  };
  return { ...plan, seats: plan.seats.map((seat) => ({ ...seat, ...standing(seat) })) };
}

/** The runners of the category; where none can be asked, the others that are declared; then the last resorts. */
function standInsOf(
  task: Task,
  routes: Routes,
  availability: ReadonlyMap<string, Availability>,
): readonly string[] {
  const category = categoryOf(task, routes);
  if (!category) return [];
  const ranked = ranking(category);
  if (anyOf(ranked, availability)) return ranked;
  const declared = [...availability.keys()].filter((name) => !routes.lastResorts.includes(name));
  return needsLastResort(task, routes, availability) ? routes.lastResorts : declared;
}

/** The category whose runners may stand in for each other: none where the models were named, or in strict mode. */
function categoryOf(task: Task, routes: Routes): Category | undefined {
  if (task.strict || task.models !== undefined) return undefined;
  const { category } = route(task, routes);
  return routes.categories.find(({ name }) => name === category);
}

function anyOf(names: readonly string[], availability: ReadonlyMap<string, Availability>): boolean {
  return names.some((name) => availability.get(name)?.status === 'available');
}
