import type { Availability } from '../domain/availability.ts';
import type { Category } from '../domain/category.ts';
import type { Plan } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import { type Routes, ranking, route } from './route.ts';
import { takeSeats } from './take-seats.ts';

/** Plans a task: whom it calls for, and who sits in each seat here. Throws for names without a runner. */
export function planOf(
  task: Task,
  routes: Routes,
  availability: ReadonlyMap<string, Availability>,
): Plan {
  const planned = route(task, routes);
  const category = routes.categories.find(({ name }) => name === planned.category);
  // A person who names models means these and no others.
  const fixed = task.strict || task.models !== undefined || category === undefined;
  return takeSeats(planned, {
    availability,
    substitutes: fixed ? [] : substitutes(category, availability),
  });
}

/** The runners of the category; the others that are declared here only where not one of those is available. */
function substitutes(
  category: Category,
  availability: ReadonlyMap<string, Availability>,
): readonly string[] {
  const ranked = ranking(category);
  const served = ranked.some((name) => availability.get(name)?.status === 'available');
  return served ? ranked : [...availability.keys()];
}
