import type { Attempt } from '../domain/attempt.ts';
import type { RunEvent } from '../domain/event.ts';
import type { Plan, Role, SeatId } from '../domain/plan.ts';
import type { Doing } from '../domain/runner.ts';
import type { Review } from '../domain/validation.ts';
import { failureText, failureTitles } from './failure-text.ts';

/** Where the asking of one model stands. `substituted` waits in the place of a runner that is unavailable. */
export type LaneState =
  | 'queued'
  | 'substituted'
  | 'asking'
  | 'retrying'
  | 'answered'
  | 'failed'
  | 'not-asked';

/** What is shown of one seat while the run goes on. */
export interface Lane {
  readonly seat: SeatId;
  readonly role: Role;
  readonly runner: string;
  readonly state: LaneState;
  /** What came of its own attempt; null before, so that other requests of the seat leave it as it was. */
  readonly outcome: 'answered' | 'failed' | null;
  /** The runner that the seat was planned for, when another took it. */
  readonly insteadOf: string | null;
  /** When the request in flight was begun, in milliseconds since the epoch; null when there is none. */
  readonly startedAtMs: number | null;
  /** Milliseconds that ended requests took. */
  readonly spentMs: number;
  /** What its model is known to do; null where nothing is. */
  readonly doing: Doing | null;
  /** Characters of the answer so far. */
  readonly characters: number;
  readonly outputTokens: number | null;
  /** Requests that failed and were, or will be, repeated. */
  readonly failedTries: number;
  /** When the next request follows a failed one, in milliseconds since the epoch. */
  readonly retryAtMs: number | null;
  /** What there is to say of it, in a few words. */
  readonly note: string | null;
  /** Whether its answer was chosen. */
  readonly chosen: boolean;
}

/** Follows a run: the lanes after one more event. Begin with no lanes; the plan makes one for each seat. */
export function lanesAfter(lanes: readonly Lane[], event: RunEvent): readonly Lane[] {
  if (event.type === 'plan-made') return lanesOf(event.value);
  if (event.type === 'decision-made')
    return lanes.map((lane) => ({ ...lane, chosen: lane.seat === event.value.chosen }));
  if (event.type === 'run-ended') return lanes.map(closed);
  if (!('seat' in event)) return lanes;
  return lanes.map((lane) =>
    lane.seat === event.seat ? { ...lane, ...changeBy(event, lane) } : lane,
  );
}

/** Milliseconds that a lane has been worked on, those of earlier requests included. */
export function laneMs({ spentMs, startedAtMs }: Lane, nowMs: number): number {
  return spentMs + (startedAtMs === null ? 0 : Math.max(0, nowMs - startedAtMs));
}

function lanesOf({ seats, substitutions }: Plan): readonly Lane[] {
  return seats.map(({ id, role, runner }) => {
    const insteadOf = substitutions.find(({ seat }) => seat === id)?.planned ?? null;
    return {
      seat: id,
      role,
      runner,
      state: insteadOf === null ? 'queued' : 'substituted',
      outcome: null,
      insteadOf,
      startedAtMs: null,
      spentMs: 0,
      doing: null,
      characters: 0,
      outputTokens: null,
      failedTries: 0,
      retryAtMs: null,
      note: null,
      chosen: false,
    };
  });
}

/** A lane whose request has brought nothing yet. */
const nothingDone = { doing: null, characters: 0, outputTokens: null } as const;

type SeatEvent = Extract<RunEvent, { readonly seat: SeatId }>;

function changeBy(event: SeatEvent, lane: Lane): Partial<Lane> {
  switch (event.type) {
    case 'attempt-started':
      return {
        state: 'asking',
        startedAtMs: event.atMs,
        ...nothingDone,
        failedTries: 0,
        note: lane.outcome === 'failed' ? lane.note : null,
      };
    case 'text-arrived':
      return { state: 'asking', retryAtMs: null, characters: lane.characters + event.text.length };
    case 'progress-made': {
      const { doing, outputTokens } = event;
      return { state: 'asking', retryAtMs: null, doing, outputTokens };
    }
    case 'try-failed':
      return {
        state: 'retrying',
        ...nothingDone,
        failedTries: event.tries,
        retryAtMs: event.atMs + event.waitMs,
        note: failureTitles[event.failure.kind].toLowerCase(),
      };
    case 'attempt-ended':
    case 'reattempt-ended':
      return ended(event.value, lane);
    case 'tests-ended':
    case 'inputs-ended':
    case 'judgement-ended':
    case 'rejudgement-ended':
    case 'merge-ended':
      return aside(event.value, lane);
    case 'candidate-observed':
    case 'standing-weighed':
    case 'merge-verified':
    case 'merge-observed':
      return {};
    case 'verdict-given':
      return event.value.status === 'failed' ? { note: 'does not pass its checks' } : {};
    case 'review-given':
      return lane.state === 'answered' ? { note: reviewNote(event.value) } : {};
  }
}

function ended(attempt: Attempt, lane: Lane): Partial<Lane> {
  const common = {
    doing: null,
    startedAtMs: null,
    retryAtMs: null,
    spentMs: lane.spentMs + attempt.durationMs,
  };
  if (attempt.status === 'failed') {
    const { failure, tries } = attempt;
    if (tries === 0 && ['cancelled', 'not-asked', 'not-needed'].includes(failure.kind))
      return { ...common, state: 'not-asked' };
    const note = failureText(failure);
    return { ...common, state: 'failed', outcome: 'failed', characters: 0, note };
  }
  const { text, usage } = attempt;
  const outputTokens = usage?.outputTokens ?? null;
  const note = attempt.from === 'cache' ? 'from the cache' : null;
  const characters = text.length;
  return { ...common, state: 'answered', outcome: 'answered', characters, outputTokens, note };
}

/** A seat that was asked for something else than its answer or its review goes back to where it was. */
function aside(attempt: Attempt, lane: Lane): Partial<Lane> {
  const state = lane.outcome ?? 'queued';
  const spentMs = lane.spentMs + attempt.durationMs;
  return { state, startedAtMs: null, retryAtMs: null, characters: 0, failedTries: 0, spentMs };
}

function reviewNote(review: Review): string {
  if (review.status === 'none') return 'gave no review that can be read';
  const notes = { accept: 'accepts', revise: 'asks for changes', reject: 'rejects' } as const;
  return notes[review.verdict];
}

/** What has not ended when the run has will not end any more. */
function closed(lane: Lane): Lane {
  switch (lane.state) {
    case 'queued':
    case 'substituted':
      return { ...lane, state: 'not-asked' };
    case 'asking':
    case 'retrying':
      return { ...lane, state: 'failed', startedAtMs: null, retryAtMs: null };
    case 'answered':
    case 'failed':
    case 'not-asked':
      return lane;
  }
}
