import type { HistoryTools } from '../domain/history.ts';
import {
  type Bound,
  type Entering,
  type Place,
  type PlaceWish,
  placeLeaseMs,
  type SharedLimits,
  type Standing,
  waitMs,
  windowMs,
} from '../domain/shared-limits.ts';
import { isEmptyStanding } from './is-empty-standing.ts';
import { roomIn, type Taken } from './room.ts';

interface Call {
  readonly holder: string;
  readonly bounds: readonly Bound[];
  readonly atMs: number;
  tokens: number;
  /** 0 once it has left. */
  leaseMs: number;
}

interface Wait {
  readonly key: string;
  readonly holder: string;
  seenMs: number;
}

/** What several memories share, as several processes share a file. */
export interface MemoryState {
  readonly standings: Map<string, Standing>;
  calls: Call[];
  waits: Wait[];
}

/** Makes what memories can share. */
export function memoryState(): MemoryState {
  return { standings: new Map(), calls: [], waits: [] };
}

/** Limits that last as long as the process; those with the same state stand for processes that share them. */
export function memoryLimits(
  tools: HistoryTools,
  state: MemoryState = memoryState(),
): SharedLimits {
  const { holder, now } = tools;
  return {
    standings: async () => new Map(state.standings),
    change: async (key, make) => {
      const after = make(state.standings.get(key) ?? {});
      if (isEmptyStanding(after)) state.standings.delete(key);
      else state.standings.set(key, after);
      return after;
    },
    enter: async (wish) => enter(wish, tools, state),
    renew: async () => {
      for (const call of state.calls) {
        if (call.holder === holder && call.leaseMs > now()) call.leaseMs = now() + placeLeaseMs;
      }
    },
    forget: async () => {
      const keys = [...state.standings.keys()];
      state.standings.clear();
      return keys;
    },
    close: async () => undefined,
  };
}

function enter(wish: PlaceWish, tools: HistoryTools, state: MemoryState): Entering {
  const { bounds, tokens } = wish;
  const { holder, now } = tools;
  const nowMs = now();
  sweep(tools, state);
  for (const bound of bounds) {
    const room = roomIn(bound, tokens, { taken: takenOf(bound.key, tools, state), nowMs });
    if (room.status === 'room') continue;
    wait(bound.key, tools, state);
    return { status: 'full', key: bound.key, retryMs: room.retryMs };
  }
  const keys = bounds.map(({ key }) => key);
  state.waits = state.waits.filter((each) => each.holder !== holder || !keys.includes(each.key));
  const call: Call = { holder, bounds, atMs: nowMs, tokens, leaseMs: nowMs + placeLeaseMs };
  state.calls.push(call);
  return { status: 'entered', place: placeOf(call, keys, { tools, state }) };
}

function placeOf(
  call: Call,
  keys: readonly string[],
  { tools, state }: { readonly tools: HistoryTools; readonly state: MemoryState },
): Place {
  return {
    held: Math.max(0, ...keys.map((key) => takenOf(key, tools, state).held)),
    leave: async (tokens) => {
      call.leaseMs = 0;
      call.tokens = tokens;
    },
  };
}

/** Drops what counts no more, and gives the places of processes free that have ended. */
function sweep({ isGone, now }: HistoryTools, state: MemoryState): void {
  const nowMs = now();
  for (const call of state.calls) if (isGone(call.holder)) call.leaseMs = 0;
  state.calls = state.calls.filter(({ atMs, leaseMs, bounds }) => {
    const isCounted = bounds.some((each) => each.requestsPerMinute ?? each.tokensPerMinute);
    return leaseMs > nowMs || (isCounted && atMs > nowMs - windowMs);
  });
  state.waits = state.waits.filter((each) => each.seenMs > nowMs - waitMs && !isGone(each.holder));
}

function takenOf(key: string, { holder, now }: HistoryTools, state: MemoryState): Taken {
  const nowMs = now();
  const calls = state.calls.filter(({ bounds }) => bounds.some((bound) => bound.key === key));
  const counted = calls.filter(({ atMs }) => atMs > nowMs - windowMs);
  const waiting = state.waits.filter((each) => each.key === key);
  const own = waiting.find((each) => each.holder === holder);
  const before = own ? waiting.slice(0, waiting.indexOf(own)) : waiting;
  return {
    held: calls.filter(({ leaseMs }) => leaseMs > nowMs).length,
    requests: counted.length,
    tokens: counted.reduce((sum, { tokens }) => sum + tokens, 0),
    oldestMs: counted[0]?.atMs ?? null,
    before: before.length,
  };
}

function wait(key: string, { holder, now }: HistoryTools, state: MemoryState): void {
  const own = state.waits.find((each) => each.key === key && each.holder === holder);
  if (own) own.seenMs = now();
  else state.waits.push({ key, holder, seenMs: now() });
}
