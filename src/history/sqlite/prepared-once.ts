import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Gives a statement by its text; it is run to its end before it is used again. */
export type Prepare = (sql: string) => StatementSync;

/** Prepares each statement when it is first asked for: that takes longer than to run most of them. */
export function preparedOnce(database: DatabaseSync): Prepare {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const statement = known.get(sql) ?? database.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
}
