import type { CreditCounts, CreditQuery } from '../../domain/credit.ts';
import type { KeptEvent } from '../../domain/history.ts';
import { countCredits } from '../../learn/count-credits.ts';
import { creditsOf } from '../../learn/credits-of.ts';
import type { PostgresDatabase } from './open-database.ts';

/** The most runs that are read for one count, the newest. */
const maxRuns = 1000;

interface EventRow {
  readonly run_id: string;
  readonly at_ms: string;
  readonly body: string;
  readonly total: string;
}

/** Counts what the newest runs that ended say of the models, from their events; the older ones stay uncounted. */
export async function readCredits(
  { category, sinceMs = 0 }: CreditQuery,
  database: PostgresDatabase,
): Promise<CreditCounts> {
  const rows = await database.query<EventRow>({
    text: `
      WITH ended AS (
        SELECT id, count(*) OVER () AS total FROM orchestrator.runs
        WHERE status IS NOT NULL AND started_ms >= $1 AND ($2::text IS NULL OR category = $2)
        ORDER BY started_ms DESC, sequence DESC LIMIT ${maxRuns}
      )
      SELECT run_id, at_ms, body, total FROM ended JOIN orchestrator.events ON run_id = id
      ORDER BY run_id, number`,
    values: [sinceMs, category],
    isRepeatable: true,
  });
  const runs = Map.groupBy(rows, ({ run_id }) => run_id);
  const credits = [...runs.values()].flatMap((each) => readable(each.map(eventOf)));
  return {
    counts: countCredits(credits.filter((each) => !category || each.category === category)),
    uncounted: Number(rows[0]?.total ?? 0) - runs.size,
  };
}

function eventOf({ at_ms, body }: EventRow): KeptEvent {
  return { ...JSON.parse(body), atMs: Number(at_ms) };
}

/** A run that another version kept in another shape says nothing, and keeps no other from being counted. */
function readable(events: readonly KeptEvent[]): ReturnType<typeof creditsOf> {
  try {
    return creditsOf(events);
  } catch {
    return [];
  }
}
