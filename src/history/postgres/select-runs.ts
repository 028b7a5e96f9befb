import type { RunQuery } from '../../domain/history.ts';
import { legalText } from './legal-text.ts';
import type { Statement } from './open-database.ts';
import { timeSql } from './server-time.ts';

/** What the state of a run depends on besides its row. */
export interface SelectingParts {
  /** In milliseconds since the epoch; null for the server's own. */
  readonly timeMs: number | null;
  /** Holders whose processes are known to have ended. */
  readonly gone: readonly string[];
}

/** Writes the statement that finds the runs of a query, the newest first. */
export function selectRuns(query: RunQuery, { timeMs, gone }: SelectingParts): Statement {
  const { beforeMs, category, limit, sinceMs, states, taskKey, text } = query;
  const values: unknown[] = [timeMs, gone, limit];
  const clauses: string[] = [];
  const where = (clause: (parameter: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    clauses.push(clause(`$${values.length}`));
  };
  where((value) => `task_lower LIKE ${value} ESCAPE '\\'`, text && `%${literal(text)}%`);
  where((value) => `category = ${value}`, category);
  where((value) => `started_ms >= ${value}`, sinceMs);
  where((value) => `started_ms < ${value}`, beforeMs);
  where((value) => `task_key = ${value}`, taskKey);
  where((value) => `${stateSql} = ANY (${value})`, states);
  return {
    text: `SELECT id, started_ms, ended_ms, task_text, category, mode, chosen, ${stateSql} AS state FROM orchestrator.runs
      ${clauses.length === 0 ? '' : `WHERE ${clauses.join(' AND ')}`}
      ORDER BY started_ms DESC, sequence DESC LIMIT $3`,
    values,
    isRepeatable: true,
  };
}

const stateSql = `CASE WHEN status IS NOT NULL THEN status
  WHEN lease_ms > ${timeSql('$1')} AND holder <> ALL ($2) THEN 'running' ELSE 'interrupted' END`;

function literal(text: string): string {
  return legalText(text.toLowerCase()).replaceAll(/[\\%_]/g, '\\$&');
}
