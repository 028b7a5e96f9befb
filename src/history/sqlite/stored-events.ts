import type { DatabaseSync } from 'node:sqlite';
import type { KeptEvent } from '../../domain/history.ts';
import { eventKey } from '../event-key.ts';
import type { Prepare } from './prepared-once.ts';

/**
 * Makes what adds an event to a run, numbered from 1. It throws for one that the run has already, which would be
 * work done twice.
 */
export function insertEvents(
  prepare: Prepare,
  id: string,
): (number: number, event: KeptEvent) => void {
  const insert = prepare(
    `INSERT INTO events (run_id, number, at_ms, event_key, body)
     VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  return (number, { atMs, ...event }) => {
    const { changes } = insert.run(id, number, atMs, eventKey(event), JSON.stringify(event));
    if (changes === 0) throw new TypeError(`run ${id} has the event ${event.type} already`);
  };
}

/** The events of a run in order; none for an unknown run. */
export function readEvents(database: DatabaseSync, id: string): readonly KeptEvent[] {
  return database
    .prepare('SELECT at_ms, body FROM events WHERE run_id = ? ORDER BY number')
    .all(id)
    .map(({ at_ms, body }) => ({ ...JSON.parse(String(body)), atMs: Number(at_ms) }));
}
