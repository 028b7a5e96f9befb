import type { Lane } from '../../../src/report/lanes.ts';
import type { Span } from './spans.ts';

/**
 * Whether what a seat was asked last was ended by a person, which is no failure of its model. Such a seat is asked
 * no more, also where it was cancelled before its answer or its review was due.
 */
export function wasCancelled({ seat, state }: Lane, spans: readonly Span[]): boolean {
  if (state === 'asking' || state === 'retrying' || state === 'answered') return false;
  return spans.findLast((span) => span.seat === seat)?.outcome === 'cancelled';
}
