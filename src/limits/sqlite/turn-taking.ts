import type { DatabaseSync } from 'node:sqlite';
import type { HistoryTools } from '../../domain/history.ts';
import { type Bound, placeLeaseMs, waitMs, windowMs } from '../../domain/shared-limits.ts';
import type { Taken } from '../room.ts';

/** The places and the waiting processes of a database; every method is called within a transaction. */
export interface TurnTaking {
  /** What is taken of a bound, without what counts no more. */
  taken(key: string): Taken;
  /** Gives the places free of processes that have ended; false where there are none. */
  freeGone(key: string): boolean;
  /** Takes a place; the number of its row. */
  take(key: string, tokens: number): number;
  /** Keeps the place of this process among those that wait. */
  wait(key: string): void;
  leave(row: number, bound: Bound, tokens: number): void;
  renew(): void;
}

/** Prepares the statements. */
export function turnTaking(database: DatabaseSync, tools: HistoryTools): TurnTaking {
  const { holder, isGone, now } = tools;
  const sql = statementsOf(database);
  return {
    taken: (key) => {
      const nowMs = now();
      sql.sweepCalls.run(key, nowMs - windowMs, nowMs);
      sql.sweepWaits.run(key, nowMs - waitMs);
      const row = sql.count.get({ key, since: nowMs - windowMs, now: nowMs });
      const { before } = sql.before.get({ key, holder }) ?? {};
      const { held, oldest, requests, tokens } = row ?? {};
      return {
        held: Number(held),
        requests: Number(requests),
        tokens: Number(tokens),
        oldestMs: oldest === null ? null : Number(oldest),
        before: Number(before),
      };
    },
    freeGone: (key) => {
      const holders = sql.holders.all({ key, now: now() }).map((row) => String(row['holder']));
      const gone = holders.filter((each) => each !== holder && isGone(each));
      for (const each of gone) {
        sql.freeCalls.run(each);
        sql.freeWaits.run(each);
      }
      return gone.length > 0;
    },
    take: (key, tokens) => {
      sql.stopWaiting.run(key, holder);
      const row = sql.take.run(key, holder, now(), Math.round(tokens), now() + placeLeaseMs);
      return Number(row.lastInsertRowid);
    },
    wait: (key) => void sql.wait.run({ key, holder, now: now() }),
    leave: (row, { requestsPerMinute, tokensPerMinute }, tokens) => {
      const isCounted = requestsPerMinute !== undefined || tokensPerMinute !== undefined;
      if (isCounted) sql.settle.run(Math.round(tokens), row);
      else sql.remove.run(row);
    },
    renew: () => void sql.renew.run(now() + placeLeaseMs, holder, now()),
  };
}

function statementsOf(database: DatabaseSync) {
  const prepare = (text: string) => database.prepare(text);
  return {
    sweepCalls: prepare('DELETE FROM calls WHERE key = ? AND at_ms <= ? AND lease_ms <= ?'),
    sweepWaits: prepare('DELETE FROM waits WHERE key = ? AND seen_ms <= ?'),
    count: prepare(
      `SELECT count(*) FILTER (WHERE lease_ms > :now) AS held,
         count(*) FILTER (WHERE at_ms > :since) AS requests,
         coalesce(sum(tokens) FILTER (WHERE at_ms > :since), 0) AS tokens,
         min(at_ms) FILTER (WHERE at_ms > :since) AS oldest
       FROM calls WHERE key = :key`,
    ),
    before: prepare(
      `SELECT count(*) AS before FROM waits AS other
       LEFT JOIN waits AS own ON own.key = :key AND own.holder = :holder
       WHERE other.key = :key AND other.holder <> :holder AND (own.id IS NULL OR other.id < own.id)`,
    ),
    holders: prepare(
      `SELECT holder FROM calls WHERE key = :key AND lease_ms > :now
       UNION SELECT holder FROM waits WHERE key = :key`,
    ),
    freeCalls: prepare('UPDATE calls SET lease_ms = 0 WHERE holder = ?'),
    freeWaits: prepare('DELETE FROM waits WHERE holder = ?'),
    stopWaiting: prepare('DELETE FROM waits WHERE key = ? AND holder = ?'),
    take: prepare(
      'INSERT INTO calls (key, holder, at_ms, tokens, lease_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    wait: prepare(
      `INSERT INTO waits (key, holder, seen_ms) VALUES (:key, :holder, :now)
       ON CONFLICT DO UPDATE SET seen_ms = excluded.seen_ms`,
    ),
    settle: prepare('UPDATE calls SET lease_ms = 0, tokens = ? WHERE id = ?'),
    remove: prepare('DELETE FROM calls WHERE id = ?'),
    renew: prepare('UPDATE calls SET lease_ms = ? WHERE holder = ? AND lease_ms > ?'),
  };
}
