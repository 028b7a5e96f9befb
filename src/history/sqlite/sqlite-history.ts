import type { DatabaseSync } from 'node:sqlite';
import type {
  HeldRun,
  HistoryStore,
  HistoryTools,
  KeptEvent,
  RunSummary,
  StartEvent,
  Taking,
} from '../../domain/history.ts';
import { leaseMs } from '../../domain/history.ts';
import type { LocalHistory } from '../local-history.ts';
import { runId } from '../run-id.ts';
import { taskKey } from '../task-key.ts';
import { groupCommit } from './group-commit.ts';
import { historyMistake } from './history-mistake.ts';
import { type HoldParts, holdRun } from './hold-run.ts';
import { logSync } from './log-sync.ts';
import { openDatabase } from './open-database.ts';
import { preparedOnce } from './prepared-once.ts';
import { isHeld, type RunRow, summaryOf } from './run-row.ts';
import { selectRuns } from './select-runs.ts';
import { sqliteLedger } from './sqlite-ledger.ts';
import { countUncounted, readCredits } from './stored-credits.ts';
import { insertEvents, readEvents } from './stored-events.ts';

/**
 * Opens the history in a file of SQLite, which any number of processes of one machine may use at once. Every
 * event is on the disk when its append resolves. Throws `bad-history`; a file that cannot be used is left as it is.
 */
export function sqliteHistory(path: string, tools: HistoryTools): LocalHistory {
  const guard = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw historyMistake(path, error);
    }
  };
  const database = guard(() => openDatabase(path));
  const log = logSync(database, path);
  const commits = groupCommit({ database, path, log });
  const parts: HoldParts = { database, prepare: preparedOnce(database), commits, tools };
  return {
    ledger: sqliteLedger(parts),
    begin: (first) => begin(first, parts),
    enter: (id, first) => commits.write(() => enter(id, first, parts)),
    take: (id) => commits.write(() => take(id, parts)),
    events: async (id) => {
      const found = guard(() => readEvents(database, id));
      return found.length === 0 ? undefined : found;
    },
    list: async (query) => guard(() => list(query, parts)),
    credits: async (query) => {
      try {
        const uncounted = await countUncounted(database, commits);
        return { counts: readCredits(database, query), uncounted };
      } catch (error) {
        throw historyMistake(path, error);
      }
    },
    idsFrom: async (prefix, limit) =>
      guard(() =>
        database
          .prepare('SELECT id FROM runs WHERE id >= ? AND id < ? ORDER BY id LIMIT ?')
          .all(prefix, `${prefix}\uffff`, limit)
          .map(({ id }) => String(id)),
      ),
    remove: async (ids) => {
      const removed: string[] = [];
      for (let from = 0; from < ids.length; from += removedAtOnce) {
        const some = ids.slice(from, from + removedAtOnce);
        removed.push(...(await commits.write(() => removeSome(some, parts))));
      }
      if (removed.length > 0) guard(() => emptyLog(database));
      return removed;
    },
    close: async () => {
      await commits.idle();
      await log.close();
      guard(() => database.close());
    },
  };
}

async function begin(first: StartEvent, parts: HoldParts): Promise<HeldRun> {
  const id = await parts.commits.write(() => {
    for (;;) {
      const made = runId();
      if (insertRun(made, first, parts)) return made;
    }
  });
  return holdRun({ id, fence: 1, past: [first] }, parts);
}

function enter(id: string, first: StartEvent, parts: HoldParts): Taking {
  if (!insertRun(id, first, parts)) return take(id, parts);
  return { status: 'taken', run: holdRun({ id, fence: 1, past: [first] }, parts) };
}

/** Keeps a run and its first event; false where the id is that of another one. */
function insertRun(id: string, first: StartEvent, { prepare, tools }: HoldParts): boolean {
  const insert = prepare(
    `INSERT INTO runs (id, started_ms, task_text, task_key, holder, lease_ms, fence)
     VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING`,
  );
  const { task, atMs } = first;
  const lease = tools.now() + leaseMs;
  const { changes } = insert.run(id, atMs, task.text, taskKey(task), tools.holder, lease);
  if (changes > 0) insertEvents(prepare, id, 1)(1, first);
  return changes > 0;
}

function take(id: string, parts: HoldParts): Taking {
  const { database, tools } = parts;
  // The table is strict, and this program writes every row of it.
  const row = database.prepare('SELECT * FROM runs WHERE id = ?').get(id) as RunRow | undefined;
  if (!row) return { status: 'unknown' };
  if (row.status !== null) return { status: 'ended' };
  if (isHeld(row, tools)) return { status: 'held', holder: row.holder, untilMs: row.lease_ms };
  const fence = row.fence + 1;
  database
    .prepare('UPDATE runs SET holder = ?, lease_ms = ?, fence = ? WHERE id = ?')
    .run(tools.holder, tools.now() + leaseMs, fence, id);
  const past: readonly KeptEvent[] = readEvents(database, id);
  return { status: 'taken', run: holdRun({ id, fence, past }, parts) };
}

function list(
  query: Parameters<HistoryStore['list']>[0],
  { database, tools }: HoldParts,
): readonly RunSummary[] {
  const { sql, values } = selectRuns(query);
  const { limit = Number.POSITIVE_INFINITY, states } = query;
  const runs: RunSummary[] = [];
  for (const row of database.prepare(sql).iterate(...values)) {
    if (runs.length >= limit) break;
    // As above.
    const run = summaryOf(row as unknown as RunRow, tools);
    if (!states || states.includes(run.state)) runs.push(run);
  }
  return runs;
}

/** The log holds what was deleted until it is written over; where others use it just then, it stays until they do that. */
function emptyLog(database: DatabaseSync): void {
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
}

/** Others wait for no more than these. */
const removedAtOnce = 50;

function removeSome(ids: readonly string[], parts: HoldParts): readonly string[] {
  const removed = ids.filter((id) => remove(id, parts));
  if (removed.length > 0) parts.database.exec('PRAGMA incremental_vacuum');
  return removed;
}

function remove(id: string, { database, tools }: HoldParts): boolean {
  const row = database.prepare('SELECT status, holder, lease_ms FROM runs WHERE id = ?').get(id) as
    | Pick<RunRow, 'status' | 'holder' | 'lease_ms'>
    | undefined;
  if (!row || (row.status === null && isHeld(row, tools))) return false;
  return database.prepare('DELETE FROM runs WHERE id = ?').run(id).changes > 0;
}
