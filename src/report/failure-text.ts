import { type AttemptFailure, type FailureKind, failureFacts } from '../domain/failure.ts';
import type { Seat } from '../domain/plan.ts';

/** How a person calls each kind of failure. `Timeout` is what callers look for in an error line. */
export const failureTitles: Readonly<Record<FailureKind, string>> = {
  'not-installed': 'Not installed',
  'not-signed-in': 'Not signed in',
  'not-needed': 'Not needed',
  'not-asked': 'Not asked',
  unauthorized: 'Not authorized',
  'quota-exhausted': 'Quota exhausted',
  'budget-exhausted': 'Budget used up',
  'rate-limited': 'Rate limited',
  overloaded: 'Overloaded',
  'unknown-model': 'Unknown model',
  'input-too-long': 'Input too long',
  'output-too-long': 'Output too long',
  flooded: 'Too much output',
  refused: 'Refused',
  network: 'Network error',
  'broken-stream': 'Broken stream',
  'empty-answer': 'Empty answer',
  'timed-out': 'Timeout',
  stalled: 'Stalled',
  'circuit-open': 'Not asked for a while',
  cancelled: 'Cancelled',
  'bad-usage': 'Wrong configuration',
  'not-recorded': 'Not recorded',
  unknown: 'Unknown failure',
};

/** Says what failed, in one line. */
export function failureText({ kind, message }: AttemptFailure): string {
  const title = failureTitles[kind];
  // Why somebody was not asked needs no word before it; nor does a message that begins with the title.
  const titled = kind === 'cancelled' || message.toLowerCase().startsWith(title.toLowerCase());
  return titled ? message : `${title}: ${message}`;
}

/** The one thing that a person can do: what the seat itself says of it, or what holds for the kind. */
export function remedyOf({ kind }: AttemptFailure, seat: Seat | undefined): string {
  const { unavailable } = seat ?? {};
  return unavailable?.kind === kind ? unavailable.remedy : failureFacts[kind].remedy;
}

/** Says what failed and what to do about it, in one line. */
export function failureLine(failure: AttemptFailure, seat: Seat | undefined): string {
  return `${failureText(failure)}. ${remedyOf(failure, seat)}`;
}
