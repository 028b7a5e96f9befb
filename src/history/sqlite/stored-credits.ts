import type { DatabaseSync } from 'node:sqlite';
import type { Credit, CreditCount, CreditQuery } from '../../domain/credit.ts';
import type { KeptEvent } from '../../domain/history.ts';
import { creditsOf } from '../../learn/credits-of.ts';
import type { GroupCommit } from './group-commit.ts';
import { type Prepare, preparedOnce } from './prepared-once.ts';
import { readEvents } from './stored-events.ts';

/** Runs that are counted in one transaction, so that other processes need not wait long. */
const batchSize = 50;

/** The most runs that are counted in one call, which so ends in about a second. */
const countedMaxRuns = 1000;

/** Keeps what a run that has ended says of its models, and that it is counted; within a transaction. */
export function keepCredits(prepare: Prepare, id: string, events: readonly KeptEvent[]): void {
  const counted = prepare('UPDATE runs SET credited = 1 WHERE id = ? AND credited = 0');
  if (counted.run(id).changes === 0) return;
  const insert = prepare(
    `INSERT OR REPLACE INTO credits (run_id, seat, kind, started_ms, duration_ms, cost_usd, tokens)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const credit of readable(events)) {
    const { seat, durationMs, costUsd, tokens } = credit;
    const kind = kindOf(prepare, credit);
    insert.run(id, seat, kind, events[0]?.atMs ?? 0, durationMs, costUsd, tokens);
  }
}

/** Counts runs that are not counted by the rules of this version, the newest first; how many are left then. */
export async function countUncounted(
  database: DatabaseSync,
  commits: GroupCommit,
): Promise<number> {
  const find = database.prepare(
    `SELECT id FROM runs WHERE credited = 0 AND status IS NOT NULL
     ORDER BY started_ms DESC LIMIT ${batchSize}`,
  );
  const prepare = preparedOnce(database);
  for (let counted = 0; counted < countedMaxRuns; counted += batchSize) {
    // Most of the time there is none, and nothing needs to be written.
    if (find.get() === undefined) return 0;
    await commits.write(() => {
      for (const { id } of find.all()) {
        keepCredits(prepare, String(id), readEvents(database, String(id)));
      }
    });
  }
  const left = database
    .prepare('SELECT count(*) AS count FROM runs WHERE credited = 0 AND status IS NOT NULL')
    .get();
  return Number(left?.['count']);
}

/** Reads the counts of a query off the table. */
export function readCredits(
  database: DatabaseSync,
  { category, sinceMs = 0 }: CreditQuery,
): readonly CreditCount[] {
  const named = category === undefined ? [] : [category];
  const ofCategory = category === undefined ? '' : 'WHERE category = ?';
  const kinds = database.prepare(`SELECT * FROM credit_kinds ${ofCategory}`).all(...named);
  const kindById = new Map(kinds.map(({ id, ...kind }) => [id, kind]));
  // Without a category the index is read from end to end, which is quicker than looking each kind up.
  const ofKinds =
    category === undefined ? '' : 'kind IN (SELECT id FROM credit_kinds WHERE category = ?) AND';
  const rows = database
    .prepare(
      `SELECT kind, duration_ms, count(*) AS count, total(cost_usd) AS cost_usd,
         count(cost_usd) AS costs_known, total(tokens) AS tokens, count(tokens) AS tokens_known
       FROM credits WHERE ${ofKinds} started_ms >= ? GROUP BY kind, duration_ms`,
    )
    .all(...named, sinceMs);
  // The tables are strict, and this program writes every row of them.
  return rows.flatMap(({ kind: id, ...row }) => {
    const kind = kindById.get(id ?? null);
    if (!kind) return [];
    return {
      ...kind,
      durationMs: row['duration_ms'],
      count: row['count'],
      costUsd: row['cost_usd'],
      costsKnown: row['costs_known'],
      tokens: row['tokens'],
      tokensKnown: row['tokens_known'],
    } as unknown as CreditCount;
  });
}

/** A run of another version that cannot be understood says nothing, and does not keep the others from being counted. */
function readable(events: readonly KeptEvent[]): readonly Credit[] {
  try {
    return creditsOf(events);
  } catch {
    return [];
  }
}

/** The number of what credits have in common; made where it is the first of its kind. */
function kindOf(prepare: Prepare, credit: Credit): number {
  const { category, runner, model, result, basis, failure } = credit;
  const values = [category, runner, model, result, basis, failure];
  const find = prepare(
    `SELECT id FROM credit_kinds WHERE category = ? AND runner = ? AND ifnull(model, '') = ifnull(?, '')
     AND result = ? AND ifnull(basis, '') = ifnull(?, '') AND ifnull(failure, '') = ifnull(?, '')`,
  );
  const known = find.get(...values);
  if (known) return Number(known['id']);
  const insert = prepare(
    `INSERT INTO credit_kinds (category, runner, model, result, basis, failure)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  return Number(insert.run(...values).lastInsertRowid);
}
