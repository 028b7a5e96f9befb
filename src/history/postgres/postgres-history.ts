import {
  type HeldRun,
  type HistoryStore,
  type HistoryTools,
  type KeptEvent,
  leaseMs,
  type RunQuery,
  type RunState,
  type RunSummary,
  type StartEvent,
  type Taking,
} from '../../domain/history.ts';
import type { Mode } from '../../domain/mode.ts';
import { eventKey } from '../event-key.ts';
import { runId } from '../run-id.ts';
import { taskKey } from '../task-key.ts';
import { groupAppends } from './group-appends.ts';
import { type HoldParts, holdRun } from './hold-run.ts';
import { legalText } from './legal-text.ts';
import { openDatabase, type PostgresPlace } from './open-database.ts';
import { postgresLedger } from './postgres-ledger.ts';
import { postgresLimits } from './postgres-limits.ts';
import { selectRuns } from './select-runs.ts';
import { timeSql } from './server-time.ts';
import { countStored } from './stored-credits.ts';

/** What a history in PostgreSQL can be told. */
export interface PostgresHistoryOptions {
  /** By whose time leases are counted: the server's, which all machines share, unless that of the tools is wanted. */
  readonly time?: 'server' | 'tools';
  /** Milliseconds between two looks for processes that have ended, while requests wait; 250 when left out. */
  readonly lookMs?: number;
}

/** What the methods of a store work with. */
interface Parts extends HoldParts {
  readonly tools: HistoryTools;
}

const usualLookMs = 250;

/**
 * Opens the history in a database of PostgreSQL, which any number of processes of any number of machines may use at
 * once. Every event is on the server's disk when its append resolves. Rejects with `bad-history`; a database that
 * cannot be used is left as it is.
 */
export async function postgresHistory(
  place: PostgresPlace,
  tools: HistoryTools,
  { time: timeOf = 'server', lookMs = usualLookMs }: PostgresHistoryOptions = {},
): Promise<HistoryStore> {
  const database = await openDatabase(place);
  const time = (): number | null => (timeOf === 'server' ? null : tools.now());
  const appends = groupAppends(database, time);
  const parts: Parts = { database, appends, time, tools };
  const limits = postgresLimits({ database, time, tools, lookMs });
  return {
    ledger: postgresLedger({ database, time, tools }),
    limits,
    begin: (first) => begin(first, parts),
    enter: async (id, first) => (await insertRun(id, first, parts)) ?? take(id, parts),
    take: (id) => take(id, parts),
    events: async (id) => {
      const events = await readEvents(id, parts);
      return events.length > 0 ? events : undefined;
    },
    list: (query) => list(query, parts),
    credits: (query) => countStored(query, database),
    idsFrom: async (prefix, limit) => {
      const rows = await database.query<{ readonly id: string }>({
        text: `SELECT id FROM orchestrator.runs WHERE id >= $1 AND id < $2 ORDER BY id LIMIT $3`,
        values: [legalText(prefix), `${legalText(prefix)}\u{10ffff}`, limit],
        isRepeatable: true,
      });
      return rows.map(({ id }) => id);
    },
    remove: (ids) => remove(ids, parts),
    close: async () => {
      await appends.idle();
      await limits.close();
      await database.close();
    },
  };
}

async function begin(first: StartEvent, parts: Parts): Promise<HeldRun> {
  for (;;) {
    const taking = await insertRun(runId(), first, parts);
    if (taking) return taking.run;
  }
}

/** Keeps a run and its first event; undefined where the id is that of another one. */
async function insertRun(
  id: string,
  first: StartEvent,
  parts: Parts,
): Promise<Extract<Taking, { readonly status: 'taken' }> | undefined> {
  const { atMs, ...event } = first;
  const { text } = event.task;
  const rows = await parts.database.query({
    name: 'begin',
    text: `
      WITH made AS (
        INSERT INTO orchestrator.runs (id, started_ms, task_text, task_lower, task_key, holder, lease_ms, fence)
        VALUES ($2, $3, $4, $9, $5, $6, ${timeSql('$1')} + ${leaseMs}, 1) ON CONFLICT DO NOTHING RETURNING id
      )
      INSERT INTO orchestrator.events (run_id, number, at_ms, event_key, body)
      SELECT id, 1, $3, $7, $8 FROM made RETURNING run_id`,
    values: [
      ...[parts.time(), id, atMs, legalText(text), taskKey(event.task), parts.tools.holder],
      ...[eventKey(event), JSON.stringify(event), legalText(text.toLowerCase())],
    ],
    isRepeatable: false,
  });
  if (rows.length === 0) return undefined;
  return { status: 'taken', run: holdRun({ id, fence: 1, past: [first] }, parts) };
}

async function take(id: string, parts: Parts): Promise<Taking> {
  const { database, time, tools } = parts;
  const [taken] = await database.query<{ readonly fence: number }>({
    text: `
      UPDATE orchestrator.runs SET holder = $3, lease_ms = ${timeSql('$1')} + ${leaseMs}, fence = fence + 1
      WHERE id = $2 AND status IS NULL AND (lease_ms <= ${timeSql('$1')} OR holder = ANY ($4)) RETURNING fence`,
    values: [time(), id, tools.holder, await goneHolders(parts)],
    isRepeatable: false,
  });
  if (!taken) return whyNotTaken(id, parts);
  // Whoever held it before can append nothing more, so that these are all.
  const past = await readEvents(id, parts);
  return { status: 'taken', run: holdRun({ id, fence: taken.fence, past }, parts) };
}

async function whyNotTaken(id: string, { database, time, tools }: Parts): Promise<Taking> {
  const [row] = await database.query<{
    readonly status: string | null;
    readonly holder: string;
    readonly left_ms: string;
  }>({
    text: `SELECT status, holder, lease_ms - ${timeSql('$1')} AS left_ms FROM orchestrator.runs WHERE id = $2`,
    values: [time(), id],
    isRepeatable: true,
  });
  if (!row) return { status: 'unknown' };
  if (row.status !== null) return { status: 'ended' };
  return { status: 'held', holder: row.holder, untilMs: tools.now() + Number(row.left_ms) };
}

/** The events of a run in order; none for an unknown run. */
async function readEvents(id: string, { database }: Parts): Promise<readonly KeptEvent[]> {
  const rows = await database.query<{ readonly at_ms: string; readonly body: string }>({
    text: 'SELECT at_ms, body FROM orchestrator.events WHERE run_id = $1 ORDER BY number',
    values: [id],
    isRepeatable: true,
  });
  return rows.map(({ at_ms, body }) => ({ ...JSON.parse(body), atMs: Number(at_ms) }));
}

/** A row of the table `runs`, of which this program writes every one; PostgreSQL's large integers come as text. */
interface RunRow {
  readonly id: string;
  readonly state: RunState;
  readonly started_ms: string;
  readonly ended_ms: string | null;
  readonly task_text: string;
  readonly category: string | null;
  readonly mode: Mode | null;
  readonly chosen: string | null;
}

async function list(query: RunQuery, parts: Parts): Promise<readonly RunSummary[]> {
  const gone = await goneHolders(parts);
  const rows = await parts.database.query<RunRow>(
    selectRuns(query, { timeMs: parts.time(), gone }),
  );
  return rows.map(({ id, state, started_ms, ended_ms, task_text, category, mode, chosen }) => ({
    id,
    state,
    startedAtMs: Number(started_ms),
    endedAtMs: ended_ms === null ? null : Number(ended_ms),
    text: task_text,
    category,
    mode,
    chosen,
  }));
}

async function remove(ids: readonly string[], parts: Parts): Promise<readonly string[]> {
  const { database, time } = parts;
  const rows = await database.query<{ readonly id: string }>({
    text: `
      DELETE FROM orchestrator.runs
      WHERE id = ANY ($2) AND (status IS NOT NULL OR lease_ms <= ${timeSql('$1')} OR holder = ANY ($3)) RETURNING id`,
    values: [time(), ids, await goneHolders(parts)],
    isRepeatable: false,
  });
  const removed = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => removed.has(id));
}

/** Those who hold runs and are known to have ended: processes of this machine. Of others nothing is known. */
async function goneHolders({ database, time, tools }: Parts): Promise<readonly string[]> {
  const rows = await database.query<{ readonly holder: string }>({
    text: `SELECT DISTINCT holder FROM orchestrator.runs WHERE status IS NULL AND lease_ms > ${timeSql('$1')}`,
    values: [time()],
    isRepeatable: true,
  });
  return rows.map(({ holder }) => holder).filter(tools.isGone);
}
