import type { RunQuery } from '../../domain/history.ts';

/** A statement, and what is put into it. */
export interface Selecting {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Writes the statement that finds the runs of a query, the newest first, before who holds them is looked at. */
export function selectRuns(query: RunQuery): Selecting {
  const clauses: [sql: string, ...values: (string | number)[]][] = [];
  const { beforeMs, category, sinceMs, states, taskKey, text } = query;
  if (text !== undefined) clauses.push([`task_text LIKE ? ESCAPE '\\'`, `%${literal(text)}%`]);
  if (category !== undefined) clauses.push(['category = ?', category]);
  if (sinceMs !== undefined) clauses.push(['started_ms >= ?', sinceMs]);
  if (beforeMs !== undefined) clauses.push(['started_ms < ?', beforeMs]);
  if (taskKey !== undefined) clauses.push(['task_key = ?', taskKey]);
  if (states !== undefined) {
    const unended = states.includes('running') || states.includes('interrupted');
    const ended = `status IN (${states.map(() => '?').join(', ')})`;
    clauses.push([unended ? `(status IS NULL OR ${ended})` : ended, ...states]);
  }
  const where = clauses.length === 0 ? '' : ` WHERE ${clauses.map(([sql]) => sql).join(' AND ')}`;
  return {
    sql: `SELECT * FROM runs${where} ORDER BY started_ms DESC, rowid DESC`,
    values: clauses.flatMap(([, ...values]) => values),
  };
}

function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
