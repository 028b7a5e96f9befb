import type { Credit, CreditCount, CreditCounts, CreditQuery } from '../../domain/credit.ts';
import type { KeptEvent } from '../../domain/history.ts';
import { creditsOf } from '../../learn/credits-of.ts';
import { legalText } from './legal-text.ts';
import type { PostgresDatabase } from './open-database.ts';

/** Runs of before that are counted in one statement. */
const batchSize = 50;

/** The most of these that are counted in one call, which so ends in about a second. */
const countedMaxRuns = 1000;

/** The columns of credits, as they are read from the JSON of `creditRows`. */
export const creditColumns: string = `run_id text, seat text, category text, runner text, model text, result text,
  basis text, failure text, started_ms bigint, duration_ms bigint, cost_usd double precision, tokens bigint`;

/** What a run that has ended says of its models, as rows of the table; none for one that cannot be understood. */
export function creditRows(id: string, events: readonly KeptEvent[]): readonly object[] {
  return readable(events).map((credit) => ({
    run_id: id,
    seat: legalText(credit.seat),
    category: legalText(credit.category),
    runner: legalText(credit.runner),
    model: credit.model === null ? null : legalText(credit.model),
    result: credit.result,
    basis: credit.basis,
    failure: credit.failure,
    started_ms: events[0]?.atMs ?? 0,
    duration_ms: credit.durationMs,
    cost_usd: credit.costUsd,
    tokens: credit.tokens,
  }));
}

/** Counts what the runs that ended say of the models, off the table; first some of those that are not in it yet. */
export async function countStored(
  { category, sinceMs = 0 }: CreditQuery,
  database: PostgresDatabase,
): Promise<CreditCounts> {
  const uncounted = await countUncounted(database);
  const rows = await database.query<CountRow>({
    text: `
      SELECT category, runner, model, result, basis, failure, duration_ms::double precision, count(*)::integer AS count,
        coalesce(sum(cost_usd), 0) AS cost_usd, count(cost_usd)::integer AS costs_known,
        coalesce(sum(tokens), 0)::double precision AS tokens, count(tokens)::integer AS tokens_known
      FROM orchestrator.credits WHERE started_ms >= $1 AND ($2::text IS NULL OR category = $2)
      GROUP BY category, runner, model, result, basis, failure, duration_ms`,
    values: [sinceMs, category],
    isRepeatable: true,
  });
  const counts = rows.map(
    ({ cost_usd, costs_known, duration_ms, tokens_known, ...row }): CreditCount => ({
      ...row,
      durationMs: duration_ms,
      costUsd: cost_usd,
      costsKnown: costs_known,
      tokensKnown: tokens_known,
    }),
  );
  return { counts, uncounted };
}

interface CountRow
  extends Omit<CreditCount, 'durationMs' | 'costUsd' | 'costsKnown' | 'tokensKnown'> {
  readonly duration_ms: number | null;
  readonly cost_usd: number;
  readonly costs_known: number;
  readonly tokens_known: number;
}

/** Counts runs that are not counted by the rules of this version, the newest first; how many are left then. */
async function countUncounted(database: PostgresDatabase): Promise<number> {
  for (let counted = 0; counted < countedMaxRuns; counted += batchSize) {
    const rows = await database.query<EventRow>({
      text: `
        WITH ended AS (
          SELECT id FROM orchestrator.runs WHERE NOT credited AND status IS NOT NULL
          ORDER BY started_ms DESC, sequence DESC LIMIT ${batchSize}
        )
        SELECT run_id, at_ms, body FROM ended JOIN orchestrator.events ON run_id = id ORDER BY run_id, number`,
      values: [],
      isRepeatable: true,
    });
    if (rows.length === 0) return 0;
    const runs = Map.groupBy(rows, ({ run_id }) => run_id);
    const credits = [...runs].flatMap(([id, each]) => creditRows(id, each.map(eventOf)));
    await database.query({
      text: `
        WITH counted AS (
          UPDATE orchestrator.runs SET credited = true WHERE id = ANY ($1) AND NOT credited RETURNING id
        )
        INSERT INTO orchestrator.credits
        SELECT DISTINCT ON (run_id, seat) c.* FROM json_to_recordset($2) AS c (${creditColumns}) JOIN counted ON counted.id = c.run_id
        ON CONFLICT (run_id, seat) DO UPDATE SET result = excluded.result, basis = excluded.basis`,
      values: [[...runs.keys()], JSON.stringify(credits)],
      isRepeatable: true,
    });
  }
  const [left] = await database.query<{ readonly count: number }>({
    text: `SELECT count(*)::integer AS count FROM orchestrator.runs WHERE NOT credited AND status IS NOT NULL`,
    values: [],
    isRepeatable: true,
  });
  return left?.count ?? 0;
}

interface EventRow {
  readonly run_id: string;
  readonly at_ms: string;
  readonly body: string;
}

function eventOf({ at_ms, body }: EventRow): KeptEvent {
  return { ...JSON.parse(body), atMs: Number(at_ms) };
}

/** A run that another version kept in another shape says nothing, and keeps no other from being counted. */
function readable(events: readonly KeptEvent[]): readonly Credit[] {
  try {
    return creditsOf(events);
  } catch {
    return [];
  }
}
