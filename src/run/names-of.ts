import type { Plan, SeatId } from '../domain/plan.ts';

/** The runners' names by seat. */
export function namesOf({ seats }: Plan): ReadonlyMap<SeatId, string> {
  return new Map(seats.map(({ id, runner }) => [id, runner]));
}
