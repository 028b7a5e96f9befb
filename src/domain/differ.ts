import { observationKey } from './observation-key.ts';
import type { Seen } from './observed.ts';
import type { Comparing } from './value-key.ts';

/** Whether two candidates did different things that can be compared. */
export function differ(one: Seen, other: Seen, comparing: Comparing): boolean {
  if (!isComparable(one) || !isComparable(other)) return false;
  return observationKey(one, comparing) !== observationKey(other, comparing);
}

function isComparable(seen: Seen): seen is Exclude<Seen, { kind: 'flaky' | 'not-run' }> {
  return seen.kind !== 'flaky' && seen.kind !== 'not-run';
}
