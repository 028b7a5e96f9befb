const digits = 1e10;

/** A number without its last, unsteady digits, so that the order of a sum does not break a tie. */
export function steady(value: number): number {
  return Math.round(value * digits) / digits;
}
