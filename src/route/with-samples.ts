import { OrchestratorError } from '../domain/mistake.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import type { SelectionOptions } from '../domain/task.ts';

/**
 * Gives each primary as many seats as answers are wanted of it, the further ones as `primary-1.2`. A name in
 * `samples` is that of the runner that was planned, also where another took its seat. Throws `unknown-model`
 * for a name that is no primary.
 */
export function withSamples(plan: Plan, samples: NonNullable<SelectionOptions['samples']>): Plan {
  if (samples === 1) return plan;
  const { primaries } = plan.route;
  const stranger =
    typeof samples === 'number'
      ? undefined
      : Object.keys(samples).find((name) => !primaries.includes(name));
  if (stranger !== undefined) {
    throw new OrchestratorError(
      'unknown-model',
      `Cannot ask "${stranger}" for samples: the primaries of this task are ${primaries.join(', ')}`,
      { hint: 'Name it in --models as well' },
    );
  }
  const planned = new Map(plan.substitutions.map((each) => [each.seat, each.planned]));
  const wanted = (seat: Seat): number => {
    if (seat.role !== 'primary') return 1;
    if (typeof samples === 'number') return samples;
    return samples[planned.get(seat.id) ?? seat.runner] ?? 1;
  };
  return { ...plan, seats: plan.seats.flatMap((seat) => seatsOf(seat, wanted(seat))) };
}

function seatsOf(seat: Seat, count: number): readonly Seat[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? seat : { ...seat, id: `${seat.id}.${index + 1}`, sample: index + 1 },
  );
}
