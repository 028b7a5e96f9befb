import type { DatabaseSync } from 'node:sqlite';
import type { KeptEvent } from '../../domain/history.ts';
import { eventKey } from '../event-key.ts';
import type { Prepare } from './prepared-once.ts';

/**
 * Makes what adds an event to a run, numbered from 1; false where its lease does not have that number any more. It
 * throws for an event that the run has already, which would be work done twice.
 */
export function insertEvents(
  prepare: Prepare,
  id: string,
  fence: number,
): (number: number, event: KeptEvent) => boolean {
  const insert = prepare(
    `INSERT INTO events (run_id, number, at_ms, event_key, body)
     SELECT id, ?, ?, ?, ? FROM runs WHERE id = ? AND fence = ? ON CONFLICT DO NOTHING`,
  );
  const isHeld = prepare('SELECT 1 FROM runs WHERE id = ? AND fence = ?');
  return (number, { atMs, ...event }) => {
    const row = [number, atMs, eventKey(event), JSON.stringify(event)];
    if (insert.run(...row, id, fence).changes > 0) return true;
    if (isHeld.get(id, fence)) throw new TypeError(`run ${id} has the event ${event.type} already`);
    return false;
  };
}

/** The events of a run in order; none for an unknown run. */
export function readEvents(database: DatabaseSync, id: string): readonly KeptEvent[] {
  return database
    .prepare('SELECT at_ms, body FROM events WHERE run_id = ? ORDER BY number')
    .all(id)
    .map(({ at_ms, body }) => ({ ...JSON.parse(String(body)), atMs: Number(at_ms) }));
}
