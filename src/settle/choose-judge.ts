import type { Seat, SeatId } from '../domain/plan.ts';

/**
 * Chooses who judges between two sides: a model of a family that wrote neither, a validator before a primary;
 * undefined where there is none, since a family favours what it wrote itself.
 */
export function chooseJudge(
  seats: readonly Seat[],
  sides: readonly (readonly SeatId[])[],
): Seat | undefined {
  const judged = new Set(sides.flat());
  const families = new Set(seats.filter(({ id }) => judged.has(id)).map(familyOf));
  const free = seats.filter((seat) => !seat.unavailable && !families.has(familyOf(seat)));
  return free.find(({ role }) => role === 'validator') ?? free[0];
}

function familyOf({ family, runner }: Seat): string {
  return family ?? runner;
}
