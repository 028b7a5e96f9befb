/**
 * The statements that lead from each version of the schema to the following one. A released one never changes:
 * a change of the schema is one more entry.
 */
export const migrations: readonly string[] = [
  // 1: `event_key` is what a run has once, so that no work is kept twice; `body` is the event as JSON.
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER,
    status TEXT,
    task_text TEXT NOT NULL,
    task_key TEXT NOT NULL,
    category TEXT,
    mode TEXT,
    chosen TEXT,
    holder TEXT NOT NULL,
    lease_ms INTEGER NOT NULL,
    fence INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX runs_by_start ON runs (started_ms DESC);
  CREATE INDEX runs_by_task ON runs (task_key, started_ms DESC);
  CREATE TABLE events (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    event_key TEXT,
    body TEXT NOT NULL,
    UNIQUE (run_id, number),
    UNIQUE (run_id, event_key)
  ) STRICT;
  `,
];
