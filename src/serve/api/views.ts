import type { ModelRow } from '../../app/model-rows.ts';
import type { Plan } from '../../domain/plan.ts';
import type { ModelView, RouteView } from './shapes.ts';

/** A model as the API shows it. */
export function modelView(row: ModelRow): ModelView {
  const { name, type, availability, models } = row;
  const isHere = availability.status === 'available';
  return {
    name,
    type,
    available: isHere,
    where: isHere ? availability.where : null,
    why_not: isHere ? null : availability.message,
    remedy: isHere ? null : availability.remedy,
    ...(models && { models: [...models] }),
  };
}

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
