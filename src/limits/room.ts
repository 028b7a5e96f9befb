import { type Bound, windowMs } from '../domain/shared-limits.ts';

/** What is taken of one bound. */
export interface Taken {
  /** Requests in flight. */
  readonly held: number;
  /** Requests that began in the last minute, and their tokens. */
  readonly requests: number;
  readonly tokens: number;
  /** When the first of these began, in milliseconds since the epoch; null where there is none. */
  readonly oldestMs: number | null;
  /** Other processes that wait for longer. */
  readonly before: number;
}

/** How a bound stands towards one more request. */
export type Room =
  | { readonly status: 'room' }
  | { readonly status: 'full'; readonly retryMs: number };

/** Whether one more request of so many tokens keeps to a bound, without overtaking who waits for longer. */
export function roomIn(bound: Bound, tokens: number, { taken, nowMs }: RoomFacts): Room {
  const { concurrency = many, requestsPerMinute = many, tokensPerMinute = many } = bound;
  const places = concurrency - taken.held;
  const requests = requestsPerMinute - taken.requests;
  const fits = taken.tokens === 0 || taken.tokens + tokens <= tokensPerMinute;
  // How many tokens those will need who wait for longer is not known, so nobody overtakes one of them.
  const turns = tokensPerMinute === many ? many : 1;
  if (fits && Math.min(places, requests, turns) > taken.before) return { status: 'room' };
  const isOfWindow = places > taken.before && taken.oldestMs !== null;
  const retryMs = isOfWindow && taken.before === 0 ? taken.oldestMs + windowMs - nowMs : 0;
  return { status: 'full', retryMs: Math.max(0, retryMs) };
}

interface RoomFacts {
  readonly taken: Taken;
  readonly nowMs: number;
}

const many = Number.POSITIVE_INFINITY;
