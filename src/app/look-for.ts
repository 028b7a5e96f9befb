import type { Availability } from '../domain/availability.ts';
import type { Task } from '../domain/task.ts';
import { needsLastResort } from '../route/plan-of.ts';
import type { Routes } from '../route/route.ts';
import type { RunnerPool } from './runner-pool.ts';

/** Looks for local servers only where a task or a category names them, or nobody else can be asked. */
export async function lookFor(
  task: Task,
  routes: Routes,
  pool: Pick<RunnerPool, 'availability'>,
): Promise<ReadonlyMap<string, Availability>> {
  const seats = routes.categories.flatMap(({ primaries, validators }) => [
    ...primaries,
    ...validators,
  ]);
  const named = [...(task.models ?? []), ...(task.validators ?? []), ...seats];
  const found = await pool.availability(named);
  const removed = task.models ? [] : seats.filter((name) => !found.has(name));
  const unnamed = removed.filter((name) => !task.validators?.includes(name));
  const availability = new Map([...found, ...unnamed.map(gone)]);
  if (!needsLastResort(task, routes, availability)) return availability;
  return new Map([
    ...availability,
    ...(await pool.availability([...named, ...routes.lastResorts])),
  ]);
}

/** A runner that was taken away keeps its seats, in which nobody can sit. */
function gone(name: string): readonly [string, Availability] {
  const message = `No runner is named ${name}`;
  const remedy = `Declare a runner "${name}", or take the name out of the categories`;
  return [name, { status: 'unavailable', kind: 'not-asked', message, remedy }];
}
