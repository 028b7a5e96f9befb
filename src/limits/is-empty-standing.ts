import type { Standing } from '../domain/shared-limits.ts';

/** Whether a standing says nothing. */
export function isEmptyStanding(standing: Standing): boolean {
  return Object.values(standing).every((value) => value === undefined);
}
