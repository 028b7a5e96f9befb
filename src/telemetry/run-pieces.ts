import type { Attempt } from '../domain/attempt.ts';
import type { Decision } from '../domain/decision.ts';
import type { PassingEvent, RunEvent, RunStatus } from '../domain/event.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Observed } from '../domain/observed.ts';
import type { Role, SeatId } from '../domain/plan.ts';
import type { BegunRun } from '../domain/run-observer.ts';
import type { Check } from '../domain/verdict.ts';

/** From when to when, in milliseconds since the epoch. */
interface Timed {
  readonly startMs: number;
  readonly endMs: number;
}

/** What a seat is asked for. */
export type Purpose = 'answer' | 'review' | 'tests' | 'inputs' | 'judgement' | 'merge';

/** One request to a model. */
export interface RequestPiece extends Timed {
  /** From 1. */
  readonly number: number;
  /** Undefined for the one that brought the answer. */
  readonly failure: AttemptFailure | undefined;
}

/** A finished part of a run, with its time. */
export type Piece =
  | (Timed & {
      readonly kind: 'call';
      readonly purpose: Purpose;
      readonly attempt: Attempt;
      readonly requests: readonly RequestPiece[];
    })
  /** The checks of one candidate have its time together: their own times are not kept. */
  | (Timed & { readonly kind: 'check'; readonly seat: SeatId; readonly check: Check })
  | (Timed & { readonly kind: 'observation'; readonly seat: SeatId; readonly observed: Observed })
  | (Timed & { readonly kind: 'decision'; readonly decision: Decision })
  | (Timed & { readonly kind: 'end'; readonly status: RunStatus });

/** What a model was asked for, by the event that tells its end; an attempt goes by the role of its seat. */
const purposes = {
  'reattempt-ended': 'review',
  'tests-ended': 'tests',
  'inputs-ended': 'inputs',
  'judgement-ended': 'judgement',
  'rejudgement-ended': 'judgement',
  'merge-ended': 'merge',
} as const;

const passing: ReadonlySet<string> = new Set<PassingEvent['type']>([
  'attempt-started',
  'text-arrived',
  'progress-made',
  'try-failed',
]);

type TryFailed = Extract<RunEvent, { readonly type: 'try-failed' }>;

/** What is known of a run when an event comes. */
interface Known {
  readonly beganMs: number;
  readonly roles: Map<SeatId, Role>;
  /** When requests of a seat began whose ends are not told yet. */
  readonly starts: Map<SeatId, number[]>;
  readonly failures: Map<SeatId, TryFailed[]>;
}

/** Gives with each event of a run the pieces that are finished by it; what had happened before gives none. */
export function runPieces({ past }: BegunRun): (event: RunEvent) => readonly Piece[] {
  const beganMs = past.at(-1)?.atMs ?? 0;
  const known: Known = { beganMs, roles: new Map(), starts: new Map(), failures: new Map() };
  let before: { readonly type: string; readonly atMs: number } = { type: '', atMs: beganMs };
  let stageMs = beganMs;
  for (const event of past) note(event, known);
  return (event) => {
    note(event, known);
    if (passing.has(event.type)) return [];
    // The work of a stage begins when the stage before it has ended.
    if (event.type !== before.type) stageMs = before.atMs;
    before = event;
    return finishedBy(event, { startMs: stageMs, endMs: event.atMs }, known);
  };
}

function note(event: RunEvent, { roles, starts, failures }: Known): void {
  if (event.type === 'plan-made') {
    for (const { id, role } of event.value.seats) roles.set(id, role);
  }
  if (event.type === 'attempt-started') addTo(starts, event.seat, event.atMs);
  if (event.type === 'try-failed') addTo(failures, event.seat, event);
}

function finishedBy(event: RunEvent, time: Timed, known: Known): readonly Piece[] {
  if (event.type === 'decision-made') return [{ kind: 'decision', decision: event.value, ...time }];
  if (event.type === 'run-ended') {
    return [{ kind: 'end', status: event.status, startMs: known.beganMs, endMs: event.atMs }];
  }
  return 'seat' in event ? finishedFor(event, time, known) : [];
}

function finishedFor(
  event: Extract<RunEvent, { readonly seat: SeatId }>,
  time: Timed,
  known: Known,
): readonly Piece[] {
  const { endMs } = time;
  switch (event.type) {
    case 'attempt-ended': {
      const purpose = known.roles.get(event.seat) === 'validator' ? 'review' : 'answer';
      return [callOf(event.value, { purpose, endMs }, known)];
    }
    case 'reattempt-ended':
    case 'tests-ended':
    case 'inputs-ended':
    case 'judgement-ended':
    case 'rejudgement-ended':
    case 'merge-ended':
      return [callOf(event.value, { purpose: purposes[event.type], endMs }, known)];
    case 'verdict-given':
    case 'merge-verified':
      return event.value.checks.map((check) => ({
        kind: 'check',
        seat: event.seat,
        check,
        ...time,
      }));
    case 'candidate-observed':
    case 'merge-observed':
      return [{ kind: 'observation', seat: event.seat, observed: event.value, ...time }];
    default:
      return [];
  }
}

interface Asked {
  readonly purpose: Purpose;
  readonly endMs: number;
}

function callOf(attempt: Attempt, { purpose, endMs }: Asked, known: Known): Piece {
  const { seat, tries, durationMs } = attempt;
  const startMs = takeStart(known.starts.get(seat) ?? [], endMs - durationMs);
  const failed = takeFailures(known.failures.get(seat) ?? [], tries);
  let nextMs = startMs;
  const requests: RequestPiece[] = failed.map(({ failure, atMs, waitMs }, index) => {
    const piece = { number: index + 1, startMs: nextMs, endMs: atMs, failure };
    nextMs = atMs + waitMs;
    return piece;
  });
  // One that was refused its turn ends without a further request.
  if (tries > failed.length) {
    const failure = attempt.status === 'failed' ? attempt.failure : undefined;
    requests.push({ number: tries, startMs: Math.min(nextMs, endMs), endMs, failure });
  }
  return { kind: 'call', purpose, attempt, requests, startMs, endMs };
}

/** A seat can be asked for two things at once: the start is the one that is nearest to when it must have been. */
function takeStart(starts: number[], expectedMs: number): number {
  const [nearest] = starts.toSorted((a, b) => Math.abs(a - expectedMs) - Math.abs(b - expectedMs));
  if (nearest === undefined) return expectedMs;
  starts.splice(starts.indexOf(nearest), 1);
  return nearest;
}

function takeFailures(failures: TryFailed[], tries: number): readonly TryFailed[] {
  const taken: TryFailed[] = [];
  for (let wanted = 1; wanted <= tries; wanted++) {
    const index = failures.findIndex((each) => each.tries === wanted);
    if (index < 0) break;
    taken.push(...failures.splice(index, 1));
  }
  return taken;
}

function addTo<Value>(lists: Map<SeatId, Value[]>, seat: SeatId, value: Value): void {
  const list = lists.get(seat) ?? [];
  list.push(value);
  lists.set(seat, list);
}
