import type { Plan } from '../../domain/plan.ts';
import type { RouteView } from './shapes.ts';

/** A plan as the API shows it. */
export function routeView({ route, seats, substitutions }: Plan): RouteView {
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
  };
}
