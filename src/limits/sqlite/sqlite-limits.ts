import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryTools } from '../../domain/history.ts';
import type { Entering, PlaceWish, SharedLimits, Standing } from '../../domain/shared-limits.ts';
import { isEmptyStanding } from '../is-empty-standing.ts';
import { roomIn } from '../room.ts';
import { isBusy, isDamaged, openLimitsDatabase, throwAway } from './open-limits-database.ts';
import { type TurnTaking, turnTaking } from './turn-taking.ts';

/** Milliseconds between two tries while another process writes; a write takes a tenth of one. */
const retryMs = 1;

/** How often a write is tried before the file counts as unusable: for 10 seconds or more. */
const maxTries = 10_000;

interface Opened {
  readonly database: DatabaseSync;
  readonly inode: number;
  readonly turns: TurnTaking;
}

/**
 * Limits in a file of SQLite, for all processes of one machine. It is opened when it is first needed, and not made
 * before something is to be kept; one that is damaged is thrown away. Methods reject with what SQLite says where
 * the file cannot be written.
 */
export function sqliteLimits(path: string, tools: HistoryTools): SharedLimits {
  let opened: Opened | undefined;
  const open = (): Opened => {
    if (opened) return opened;
    const { database, inode } = openLimitsDatabase(path);
    opened = { database, inode, turns: turnTaking(database, tools) };
    return opened;
  };
  const close = (): void => {
    const { database } = opened ?? {};
    opened = undefined;
    database?.close();
  };
  const beginAnew = (): void => {
    const { inode } = opened ?? {};
    close();
    if (inode !== undefined) throwAway(path, inode);
  };
  const write = <Result>(work: (parts: Opened) => Result): Promise<Result> =>
    inTurn(() => transact(open(), work), beginAnew);
  return {
    standings: async () => {
      if (!opened && !existsSync(path)) return new Map();
      return inTurn(() => readStandings(open().database), beginAnew);
    },
    change: (key, make) => write(({ database }) => change(database, key, make)),
    enter: (wish) => write(({ turns }) => enter(wish, { turns, tools, write })),
    renew: () => write(({ turns }) => turns.renew()),
    forget: async () => {
      if (!existsSync(path)) return [];
      return write(({ database }) =>
        database
          .prepare('DELETE FROM standings RETURNING key')
          .all()
          .map(({ key }) => String(key)),
      );
    },
    close: async () => close(),
  };
}

/** Does the work, again while another process is in the way, and once more on a file begun anew. */
async function inTurn<Result>(work: () => Result, beginAnew: () => void): Promise<Result> {
  let isAnew = false;
  for (let tries = 1; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (isDamaged(error) && !isAnew) {
        isAnew = true;
        beginAnew();
      } else if (!isBusy(error) || tries === maxTries) throw error;
    }
    await sleep(retryMs);
  }
}

function transact<Result>(parts: Opened, work: (parts: Opened) => Result): Result {
  const { database } = parts;
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work(parts);
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

interface EnterParts {
  readonly turns: TurnTaking;
  readonly tools: HistoryTools;
  readonly write: <Result>(work: (parts: Opened) => Result) => Promise<Result>;
}

function enter({ bounds, tokens }: PlaceWish, { turns, tools, write }: EnterParts): Entering {
  for (const bound of bounds) {
    const room = () => roomIn(bound, tokens, { taken: turns.taken(bound.key), nowMs: tools.now() });
    const first = room();
    if (first.status === 'room') continue;
    const found = turns.freeGone(bound.key) ? room() : first;
    if (found.status === 'room') continue;
    turns.wait(bound.key);
    return { status: 'full', key: bound.key, retryMs: found.retryMs };
  }
  const rows = bounds.map((bound) => ({ bound, row: turns.take(bound.key, tokens) }));
  return {
    status: 'entered',
    place: {
      held: Math.max(0, ...bounds.map(({ key }) => turns.taken(key).held)),
      leave: (used) =>
        write((parts) => {
          for (const { bound, row } of rows) parts.turns.leave(row, bound, used);
        }),
    },
  };
}

function change(
  database: DatabaseSync,
  key: string,
  make: (before: Standing) => Standing,
): Standing {
  const after = make(readStandings(database).get(key) ?? {});
  if (isEmptyStanding(after)) database.prepare('DELETE FROM standings WHERE key = ?').run(key);
  else {
    database
      .prepare('INSERT INTO standings VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body')
      .run(key, JSON.stringify(after));
  }
  return after;
}

function readStandings(database: DatabaseSync): ReadonlyMap<string, Standing> {
  const rows = database.prepare('SELECT key, body FROM standings').all();
  // Programs of this version alone write into a file of this version.
  return new Map(rows.map(({ key, body }) => [String(key), JSON.parse(String(body)) as Standing]));
}
