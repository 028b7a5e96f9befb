import type { RunQuery } from '../../domain/history.ts';

/** A statement, and what is put into it. */
export interface Selecting {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * Writes the statement that finds the runs of a query, the newest first, before who holds them is looked at. Where
 * a text is looked for they come in the order in which they were kept, so that nothing has to be sorted.
 */
export function selectRuns(query: RunQuery): Selecting {
  const { beforeMs, category, sinceMs, states, taskKey, text } = query;
  const found = text === undefined ? [] : textClauses(text);
  const isSearched = found.length > 1;
  const clauses = [...found];
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
    sql: isSearched
      ? `SELECT runs.* FROM search CROSS JOIN searched ON number = search.rowid
           CROSS JOIN runs ON id = run_id${where} ORDER BY search.rowid DESC`
      : `SELECT * FROM runs${where} ORDER BY started_ms DESC, runs.rowid DESC`,
    values: clauses.flatMap(([, ...values]) => values),
  };
}

type Clause = [sql: string, ...values: (string | number)[]];

/** The letters themselves, and where there are enough of them what the index finds first. */
function textClauses(text: string): readonly Clause[] {
  const parts = partsOf(text);
  const exactly: Clause = [`runs.task_text LIKE ? ESCAPE '\\'`, `%${literal(text)}%`];
  return parts.length === 0 ? [exactly] : [['search MATCH ?', parts.join(' AND ')], exactly];
}

/** With more of them a text is found no quicker. */
const partsMaxCount = 24;

/** The threes of characters that a text consists of, by which the index finds it; none for a shorter one. */
function partsOf(text: string): readonly string[] {
  const characters = Array.from(text);
  const threes = characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''));
  const usable = threes.filter((three) => !three.includes('\0'));
  return [...new Set(usable)]
    .slice(0, partsMaxCount)
    .map((three) => `"${three.replaceAll('"', '""')}"`);
}

function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
