import type { Availability, Unavailable } from '../domain/availability.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Plan, Role, Route, Seat, Substitution } from '../domain/plan.ts';

/** What seating goes by. */
export interface Seating {
  /** One entry for each configured runner. */
  readonly availability: ReadonlyMap<string, Availability>;
  /** Who may take the seat of an unavailable runner, best first; empty to forbid it. */
  readonly substitutes: readonly string[];
}

/**
 * Gives each planned runner its seat, and the seat of an unavailable one to the next that is available.
 * A seat that nobody can take stays, so the plan has exactly as many seats as the route has names.
 * Throws `unknown-model` for a name without a runner, `bad-usage` for a validator that is also asked.
 */
export function takeSeats(route: Route, seating: Seating): Plan {
  refuseUnknown([...route.primaries, ...route.validators], seating.availability);
  refuseTwice(route.primaries);
  refuseTwice(route.validators);
  refuseSelfReview(route);
  const wanted = [...wantedSeats('primary', route), ...wantedSeats('validator', route)];
  const taken = new Map(
    wanted
      .filter((seat) => isAvailable(seat.runner, seating))
      .map((seat) => [seat.id, seat.runner]),
  );
  const substitutions: Substitution[] = [];
  for (const seat of wanted) {
    if (taken.has(seat.id)) continue;
    const because = unavailable(seat.runner, seating);
    const runner = because && nextFree(seat.role, taken, seating);
    if (!runner) continue;
    taken.set(seat.id, runner);
    substitutions.push({ seat: seat.id, planned: seat.runner, runner, because: because.kind });
  }
  const seats = wanted.map((seat) => seated(seat, taken.get(seat.id), seating));
  return { route, seats, substitutions };
}

function wantedSeats(role: Role, route: Route): readonly Seat[] {
  const runners = role === 'primary' ? route.primaries : route.validators;
  return runners.map((runner, index) => ({ id: `${role}-${index + 1}`, role, runner }));
}

/** The next runner without a seat; a primary's seat may also be filled from the validators', an answer being worth more than a review. */
function nextFree(role: Role, taken: Map<string, string>, seating: Seating): string | undefined {
  const free = seating.substitutes.filter((name) => isAvailable(name, seating));
  const seatedNow = new Set(taken.values());
  const unseated = free.find((name) => !seatedNow.has(name));
  if (unseated !== undefined || role === 'validator') return unseated;
  const [validatorSeat, runner] =
    [...taken].find(([id, name]) => id.startsWith('validator') && free.includes(name)) ?? [];
  if (validatorSeat !== undefined) taken.delete(validatorSeat);
  return runner;
}

function seated(seat: Seat, runner: string | undefined, seating: Seating): Seat {
  if (runner !== undefined) return { ...seat, runner };
  const reason = unavailable(seat.runner, seating) ?? {
    status: 'unavailable',
    kind: 'not-asked',
    message: `${seat.runner} was needed as a primary, and no other model is left to validate`,
    remedy: 'Make more models available: orchestrator models lists them',
  };
  return { ...seat, unavailable: reason };
}

function isAvailable(name: string, { availability }: Seating): boolean {
  return availability.get(name)?.status === 'available';
}

function unavailable(name: string, { availability }: Seating): Unavailable | undefined {
  const found = availability.get(name);
  return found?.status === 'unavailable' ? found : undefined;
}

function refuseUnknown(names: readonly string[], known: ReadonlyMap<string, Availability>): void {
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new OrchestratorError(
    'unknown-model',
    `Cannot ask "${unknown}": known runners are ${[...known.keys()].join(', ')}`,
    { hint: 'Declare it under "runners" in the configuration' },
  );
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new OrchestratorError('bad-usage', `Cannot ask "${twice}" twice: wanted each name once`);
}

function refuseSelfReview({ primaries, validators }: Route): void {
  const both = validators.find((name) => primaries.includes(name));
  if (both === undefined) return;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot let "${both}" validate: it is also asked as a primary, and no model reviews its own answer`,
  );
}
