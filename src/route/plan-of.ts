import type { Availability } from '../domain/availability.ts';
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
  return takeSeats(planned, { availability, substitutes: fixed ? [] : ranking(category) });
}
