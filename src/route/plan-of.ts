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
  const ranked = standInsOf(task, routes);
  const lastResorts = needsLastResort(task, routes, availability) ? routes.lastResorts : [];
  return takeSeats(planned, { availability, substitutes: [...ranked, ...lastResorts] });
}

/** Whether others may stand in for a task's runners, and none of its category can be asked here. */
export function needsLastResort(
  task: Task,
  routes: Routes,
  availability: ReadonlyMap<string, Availability>,
): boolean {
  const ranked = standInsOf(task, routes);
  return (
    ranked.length > 0 && !ranked.some((name) => availability.get(name)?.status === 'available')
  );
}

function standInsOf(task: Task, routes: Routes): readonly string[] {
  // A person who names models means these and no others.
  if (task.strict || task.models !== undefined) return [];
  const { category } = route(task, routes);
  const found = routes.categories.find(({ name }) => name === category);
  return found ? ranking(found) : [];
}
