import { budgetsSchema } from './budgets-schema.ts';
import { limitsSchema } from './limits-schema.ts';

/** The schema of the database that everything of this program is in, beside whatever else the database holds. */
export const schema = 'orchestrator';

/**
 * The statements that lead from each version of the schema to the following one. A released one never changes:
 * a change of the schema is one more entry.
 */
export const migrations: readonly string[] = [
  // 1: `event_key` is what a run has once, so that no work is kept twice. `body` is the event as JSON, but no column
  // of JSON: PostgreSQL's types for it refuse letters that JavaScript has, and text keeps their escapes as they are.
  // `task_lower` is what texts are looked for in: bytes are compared several times as fast as letters in any case.
  // What changes with every event is in no index, so that the row stays on its page, where there is room for it.
  `
  CREATE TABLE orchestrator.runs (
    id text COLLATE "C" PRIMARY KEY,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    started_ms bigint NOT NULL,
    ended_ms bigint,
    status text,
    task_text text NOT NULL,
    task_lower text COLLATE "C" NOT NULL,
    task_key text NOT NULL,
    category text,
    mode text,
    chosen text,
    holder text NOT NULL,
    lease_ms bigint NOT NULL,
    fence integer NOT NULL
  ) WITH (fillfactor = 70);
  CREATE INDEX runs_by_start ON orchestrator.runs (started_ms DESC, sequence DESC);
  CREATE INDEX runs_by_task ON orchestrator.runs (task_key, started_ms DESC, sequence DESC);
  CREATE INDEX runs_not_ended ON orchestrator.runs (started_ms DESC, sequence DESC) WHERE status IS NULL;
  CREATE TABLE orchestrator.events (
    run_id text COLLATE "C" NOT NULL REFERENCES orchestrator.runs (id) ON DELETE CASCADE,
    number integer NOT NULL,
    at_ms bigint NOT NULL,
    event_key text,
    body text NOT NULL,
    PRIMARY KEY (run_id, number),
    UNIQUE (run_id, event_key)
  );
  `,
  // 2: what a run that ended says of its models; `credited` is false until it is counted, which runs of before are when
  // the counts are first asked for.
  `
  ALTER TABLE orchestrator.runs ADD COLUMN credited boolean NOT NULL DEFAULT false;
  CREATE INDEX runs_uncredited ON orchestrator.runs (started_ms DESC, sequence DESC)
    WHERE NOT credited AND status IS NOT NULL;
  CREATE TABLE orchestrator.credits (
    run_id text COLLATE "C" NOT NULL REFERENCES orchestrator.runs (id) ON DELETE CASCADE,
    seat text NOT NULL,
    category text NOT NULL,
    runner text NOT NULL,
    model text,
    result text NOT NULL,
    basis text,
    failure text,
    started_ms bigint NOT NULL,
    duration_ms bigint,
    cost_usd double precision,
    tokens bigint,
    PRIMARY KEY (run_id, seat)
  );
  CREATE INDEX credits_by_category ON orchestrator.credits (category, started_ms);
  `,
  budgetsSchema,
  limitsSchema,
  // 5: runs are counted anew in which an answer won for meeting what was shown, as tests of models and judges may tell
  // it from the chosen one; those of one answer have nothing to be told from. Until then the counts of before hold.
  `
  UPDATE orchestrator.runs SET credited = false WHERE id IN (
    SELECT run_id FROM orchestrator.credits
    GROUP BY run_id HAVING count(*) > 1 AND bool_or(result = 'won' AND basis = 'verified')
  );
  `,
];
