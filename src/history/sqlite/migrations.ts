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
  // 2: what a run that ended says of its models; `credited` is 0 until it is counted, which runs of before are when
  // the counts are first asked for.
  `
  ALTER TABLE runs ADD COLUMN credited INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX runs_uncredited ON runs (started_ms DESC) WHERE credited = 0 AND status IS NOT NULL;
  CREATE TABLE credit_kinds (
    id INTEGER PRIMARY KEY,
    category TEXT NOT NULL,
    runner TEXT NOT NULL,
    model TEXT,
    result TEXT NOT NULL,
    basis TEXT,
    failure TEXT
  ) STRICT;
  CREATE UNIQUE INDEX credit_kinds_by_all ON credit_kinds (
    category, runner, ifnull(model, ''), result, ifnull(basis, ''), ifnull(failure, '')
  );
  CREATE TABLE credits (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    seat TEXT NOT NULL,
    kind INTEGER NOT NULL REFERENCES credit_kinds (id),
    started_ms INTEGER NOT NULL,
    duration_ms INTEGER,
    cost_usd REAL,
    tokens INTEGER,
    PRIMARY KEY (run_id, seat)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX credits_by_kind ON credits (kind, duration_ms, started_ms, cost_usd, tokens);
  `,
  // 3: what is used of budgets: `spent` what was settled, `bookings` what is set aside for requests on their way.
  `
  CREATE TABLE spent (
    scope TEXT PRIMARY KEY,
    cost_usd REAL NOT NULL,
    tokens INTEGER NOT NULL,
    unpriced INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE bookings (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    cost_usd REAL,
    tokens INTEGER NOT NULL,
    holder TEXT NOT NULL,
    lease_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, id)
  ) STRICT;
  `,
  // 4: what texts of tasks are found by, whatever part of them is looked for. It holds no text, so that nothing is
  // kept twice, and numbers of its own, as those of a table without a number can change with VACUUM.
  `
  CREATE INDEX runs_by_status ON runs (status, started_ms DESC);
  CREATE TABLE searched (
    number INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE VIRTUAL TABLE search USING fts5 (task_text, content = '', detail = none, columnsize = 0, tokenize = 'trigram');
  INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
  INSERT INTO searched (run_id) SELECT id FROM runs ORDER BY started_ms, rowid;
  INSERT INTO search (rowid, task_text)
    SELECT number, task_text FROM searched JOIN runs ON id = run_id ORDER BY number;
  CREATE TRIGGER search_inserted AFTER INSERT ON runs BEGIN
    INSERT INTO searched (run_id) VALUES (new.id);
    INSERT INTO search (rowid, task_text)
      SELECT number, new.task_text FROM searched WHERE run_id = new.id;
  END;
  CREATE TRIGGER search_deleted AFTER DELETE ON runs BEGIN
    INSERT INTO search (search, rowid, task_text)
      SELECT 'delete', number, old.task_text FROM searched WHERE run_id = old.id;
    DELETE FROM searched WHERE run_id = old.id;
  END;
  `,
  // 5: runs are counted anew in which an answer won for meeting what was shown, as tests of models and judges may tell
  // it from the chosen one; those of one answer have nothing to be told from. Until then the counts of before hold.
  `
  UPDATE runs SET credited = 0 WHERE id IN (
    SELECT run_id FROM credits JOIN credit_kinds ON credit_kinds.id = kind
    GROUP BY run_id HAVING count(*) > 1 AND total(result = 'won' AND basis = 'verified') > 0
  );
  `,
];
