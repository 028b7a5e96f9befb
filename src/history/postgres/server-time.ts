/** Gives the time by which leases are counted, in milliseconds since the epoch; null leaves it to the server. */
export type ServerTime = () => number | null;

/** Writes the time of a statement: the one that a parameter gives, or else the server's. */
export function timeSql(parameter: string): string {
  return `coalesce(${parameter}::bigint, (extract(epoch FROM statement_timestamp()) * 1000)::bigint)`;
}
