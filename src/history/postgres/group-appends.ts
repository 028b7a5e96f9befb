import { type KeptEvent, leaseMs } from '../../domain/history.ts';
import { eventKey } from '../event-key.ts';
import { summarize } from '../summarize.ts';
import { takenOver } from '../taken-over.ts';
import { legalText } from './legal-text.ts';
import type { PostgresDatabase } from './open-database.ts';
import { type ServerTime, timeSql } from './server-time.ts';
import { creditColumns, creditRows } from './stored-credits.ts';

/** The last of a run's events, to be appended by a holder of the run. */
export interface Append {
  readonly id: string;
  readonly fence: number;
  /** All events of the run; those before the last are kept already, or in an append before this one. */
  readonly events: readonly KeptEvent[];
}

/** Appends of one process, of which all that are there at once go to the server together. */
export interface GroupAppends {
  /**
   * Resolves once the event cannot be lost. Rejects with `run-in-use` when another process has the run, with
   * `bad-history`, and with a TypeError for an event that the run has already.
   */
  append(append: Append): Promise<void>;
  /** Resolves when nothing is left to append. */
  idle(): Promise<void>;
}

interface Pending extends Append {
  readonly settle: PromiseWithResolvers<void>;
}

/** How many appends go into one statement at most. */
const maxRows = 500;

/**
 * One statement is one transaction: a lease with a higher number keeps the event out. An event is known again that
 * a statement kept whose answer got lost with its connection.
 */
const appending = `
  WITH wanted AS (
    SELECT * FROM unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::bigint[], $7::text[], $8::text[],
      $9::text[], $10::bigint[], $11::text[], $12::text[], $13::text[])
      AS w (place, run_id, fence, number, at_ms, event_key, body, status, ended_ms, category, mode, chosen)
  ), last AS (
    SELECT DISTINCT ON (run_id, fence) * FROM wanted ORDER BY run_id, fence, number DESC
  ), held AS (
    UPDATE orchestrator.runs r SET lease_ms = ${timeSql('$1')} + ${leaseMs}, status = last.status,
      ended_ms = last.ended_ms, category = last.category, mode = last.mode, chosen = last.chosen,
      credited = last.status IS NOT NULL
    FROM last WHERE r.id = last.run_id AND r.fence = last.fence
    RETURNING r.id, r.fence
  ), added AS (
    INSERT INTO orchestrator.events (run_id, number, at_ms, event_key, body)
    SELECT w.run_id, w.number, w.at_ms, w.event_key, w.body
    FROM wanted w JOIN held h ON h.id = w.run_id AND h.fence = w.fence ORDER BY w.place
    ON CONFLICT DO NOTHING
    RETURNING run_id, number
  ), credited AS (
    INSERT INTO orchestrator.credits
    SELECT c.* FROM json_to_recordset($14) AS c (${creditColumns})
    JOIN wanted w ON w.run_id = c.run_id AND w.status IS NOT NULL
    JOIN added a ON a.run_id = w.run_id AND a.number = w.number
    ON CONFLICT DO NOTHING
  )
  SELECT h.id IS NOT NULL AS is_held, a.number IS NOT NULL OR EXISTS (
    SELECT FROM orchestrator.events e
    WHERE e.run_id = w.run_id AND e.number = w.number AND e.at_ms = w.at_ms AND e.body = w.body
  ) AS is_kept
  FROM wanted w
  LEFT JOIN held h ON h.id = w.run_id AND h.fence = w.fence
  LEFT JOIN added a ON a.run_id = w.run_id AND a.number = w.number
  ORDER BY w.place`;

/** Joins the appends of a turn of the loop, and those that come while the server works, into one round trip. */
export function groupAppends(database: PostgresDatabase, time: ServerTime): GroupAppends {
  let pending: Pending[] = [];
  let flushing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    // Everything that is ready in this turn of the loop comes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.length > 0) {
      const group = pending.slice(0, maxRows);
      pending = pending.slice(maxRows);
      await keep(group, database, time);
    }
    flushing = undefined;
  };
  return {
    append: (append) => {
      const settle = Promise.withResolvers<void>();
      pending.push({ ...append, settle });
      flushing ??= flush();
      return settle.promise;
    },
    idle: async () => flushing,
  };
}

async function keep(
  group: readonly Pending[],
  database: PostgresDatabase,
  time: ServerTime,
): Promise<void> {
  try {
    const rows = await database.query<{ readonly is_held: boolean; readonly is_kept: boolean }>({
      name: 'append',
      text: appending,
      values: [time(), ...columnsOf(group), creditsIn(group)],
      isRepeatable: true,
    });
    for (const [index, { id, events, settle }] of group.entries()) {
      const row = rows[index];
      if (!row?.is_held) settle.reject(takenOver(id));
      else if (row.is_kept) settle.resolve();
      else settle.reject(new TypeError(`run ${id} has ${events.at(-1)?.type} already`));
    }
  } catch (error) {
    for (const { settle } of group) settle.reject(error);
  }
}

/** The values of the statement: one list for each column. */
function columnsOf(group: readonly Pending[]): readonly (readonly unknown[])[] {
  const rows = group.map((append, index) => [index, ...rowOf(append)]);
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
}

/** What the runs say of their models that end with these appends, as JSON. */
function creditsIn(group: readonly Pending[]): string {
  const ended = group.filter(({ events }) => events.at(-1)?.type === 'run-ended');
  return JSON.stringify(ended.flatMap(({ id, events }) => creditRows(id, events)));
}

function rowOf({ id, fence, events }: Append): readonly unknown[] {
  const last = events.at(-1);
  if (!last) throw new TypeError(`run ${id} has no event to append`);
  const { atMs, ...event } = last;
  const { status, endedAtMs, category, mode, chosen } = summarize(events);
  return [
    ...[id, fence, events.length, atMs, eventKey(event), JSON.stringify(event)],
    ...[status, endedAtMs, category, mode, chosen && legalText(chosen)],
  ];
}
