import type { HistoryTools } from '../../domain/history.ts';
import {
  type Bound,
  type Entering,
  type PlaceWish,
  placeLeaseMs,
  type SharedLimits,
  type Standing,
} from '../../domain/shared-limits.ts';
import { isEmptyStanding } from '../../limits/is-empty-standing.ts';
import { roomIn } from '../../limits/room.ts';
import { groupLeaves, type Leaves, leaveColumns } from './group-leaves.ts';
import { roomChannel } from './limits-schema.ts';
import { type LimitsSession, type SessionKeeper, sessionKeeper } from './limits-session.ts';
import type { PostgresDatabase } from './open-database.ts';
import { type ServerTime, timeSql } from './server-time.ts';

/** What shared limits work with. */
export interface LimitsParts {
  readonly database: PostgresDatabase;
  readonly time: ServerTime;
  readonly tools: HistoryTools;
  /** Milliseconds between two looks for processes that have ended. */
  readonly lookMs: number;
}

/** What one process has of the limits. */
interface Own extends LimitsParts {
  readonly keeper: SessionKeeper;
  /** The numbers of the places that are held. */
  readonly held: Set<number>;
  readonly leaves: Leaves;
  /** The number that a place had last. */
  number: number;
  lookedAtMs: number;
}

/**
 * Limits in the database of a history, for all machines that share it. The places of a process are free as soon as the
 * server notices that its connection has ended. Methods reject where the database cannot be used.
 */
export function postgresLimits(parts: LimitsParts): SharedLimits {
  const { database } = parts;
  const held = new Set<number>();
  const listeners = new Set<() => void>();
  const keeper = sessionKeeper({
    database,
    holder: parts.tools.holder,
    channel: roomChannel,
    held: () => [...held],
    onRoom: () => {
      for (const hear of listeners) hear();
    },
  });
  const leaves = groupLeaves(keeper);
  const own: Own = { ...parts, keeper, held, leaves, number: 0, lookedAtMs: 0 };
  return {
    standings: () => readStandings(database),
    change: (key, make) => change(key, make, database),
    enter: (wish) => enter(wish, own),
    renew: async () => {
      const session = await keeper.get();
      await session.query(
        'renew',
        `UPDATE orchestrator.places SET lease_ms = ${timeSql('$1')} + ${placeLeaseMs}
         WHERE session = $2 AND lease_ms > ${timeSql('$1')}`,
        [parts.time(), session.number],
      );
    },
    forget: async () => {
      const rows = await database.query<{ readonly key: string }>({
        text: 'DELETE FROM orchestrator.standings RETURNING key',
        values: [],
        isRepeatable: false,
      });
      return rows.map(({ key }) => key);
    },
    onRoom: (hear) => void listeners.add(hear),
    close: () => keeper.close(),
  };
}

async function enter(wish: PlaceWish, own: Own): Promise<Entering> {
  const session = await own.keeper.get();
  const first = await tryToEnter(wish, session, own);
  if (first.status === 'entered' || !(await endGone(session, own))) return first;
  return tryToEnter(wish, session, own);
}

/** The answer of the function; large integers are read as floating numbers, which are exact to 2^53. */
interface EnterRow {
  readonly full_index: number | null;
  readonly held: number;
  readonly requests: number;
  readonly tokens: number;
  readonly oldest_ms: number | null;
  readonly before: number;
  readonly time_ms: number;
  readonly busiest: number;
}

const entering = 'SELECT * FROM orchestrator.enter($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)';

async function tryToEnter(
  { bounds, tokens }: PlaceWish,
  session: LimitsSession,
  own: Own,
): Promise<Entering> {
  own.number += 1;
  const { number } = own;
  const column = (of: (bound: Bound) => number | undefined) => bounds.map(of);
  own.held.add(number);
  const [row] = await own.leaves
    .along((leaves) =>
      session.query<EnterRow>('enter', entering, [
        ...[own.time(), session.number, number, placeLeaseMs, bounds.map(({ key }) => key)],
        column(({ concurrency }) => concurrency),
        column(({ requestsPerMinute }) => requestsPerMinute),
        ...[column(({ tokensPerMinute }) => tokensPerMinute), tokens, ...leaveColumns(leaves)],
      ]),
    )
    .catch((error: unknown) => {
      own.held.delete(number);
      throw error;
    });
  const full = bounds[(row?.full_index ?? 0) - 1];
  if (!row || full) own.held.delete(number);
  if (!row) throw new TypeError('the function gives one row');
  if (full) {
    const room = roomIn(full, tokens, { taken: takenOf(row), nowMs: row.time_ms });
    return { status: 'full', key: full.key, retryMs: room.status === 'full' ? room.retryMs : 0 };
  }
  const leave = async (used: number): Promise<void> => {
    if (own.held.delete(number)) await own.leaves.add({ number, tokens: used });
  };
  return { status: 'entered', place: { held: row.busiest, leave } };
}

function takenOf({ held, requests, tokens, oldest_ms, before }: EnterRow) {
  return { held, requests, tokens, oldestMs: oldest_ms, before };
}

/** Frees the places of processes that have ended, where that was not looked at just before; whether there were any. */
async function endGone(session: LimitsSession, own: Own): Promise<boolean> {
  const { lookMs, tools } = own;
  const nowMs = performance.now();
  if (nowMs - own.lookedAtMs < lookMs) return false;
  own.lookedAtMs = nowMs;
  const holders = await session.query<{ readonly holder: string }>(
    'holders',
    'SELECT holder FROM orchestrator.sessions',
    [],
  );
  const gone = holders.map(({ holder }) => holder).filter(tools.isGone);
  const [row] = await session.query<{ readonly ended: number }>(
    'end-gone',
    'SELECT orchestrator.end_gone_sessions($1, $2) AS ended',
    [session.number, gone],
  );
  return (row?.ended ?? 0) > 0;
}

/** Changes what is remembered when it is still as it was read; else it is read again. */
async function change(
  key: string,
  make: (before: Standing) => Standing,
  database: PostgresDatabase,
): Promise<Standing> {
  for (;;) {
    const [row] = await database.query<{ readonly body: string }>({
      name: 'standing',
      text: 'SELECT body FROM orchestrator.standings WHERE key = $1',
      values: [key],
      isRepeatable: true,
    });
    // Programs of this version alone write into tables of this version.
    const after = make(row ? (JSON.parse(row.body) as Standing) : {});
    const body = isEmptyStanding(after) ? null : JSON.stringify(after);
    if (await swap({ key, before: row?.body ?? null, after: body }, database)) return after;
  }
}

interface Swap {
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

async function swap({ key, before, after }: Swap, database: PostgresDatabase): Promise<boolean> {
  if (before === after) return true;
  const [row] = await database.query({
    text: swapping(before, after),
    values: [key, before ?? [], after ?? []].flat(),
    isRepeatable: false,
  });
  return row !== undefined;
}

function swapping(before: string | null, after: string | null): string {
  if (before === null) {
    return 'INSERT INTO orchestrator.standings VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING key';
  }
  if (after === null) {
    return 'DELETE FROM orchestrator.standings WHERE key = $1 AND body = $2 RETURNING key';
  }
  return 'UPDATE orchestrator.standings SET body = $3 WHERE key = $1 AND body = $2 RETURNING key';
}

async function readStandings(database: PostgresDatabase): Promise<ReadonlyMap<string, Standing>> {
  const rows = await database.query<{ readonly key: string; readonly body: string }>({
    name: 'standings',
    text: 'SELECT key, body FROM orchestrator.standings',
    values: [],
    isRepeatable: true,
  });
  return new Map(rows.map(({ key, body }) => [key, JSON.parse(body) as Standing]));
}
