import type { KeptEvent, RunSummary } from '../domain/history.ts';
import { jsonText } from './json.ts';

/** Writes runs as the JSON text of `history --json`. */
export function runsJson(runs: readonly RunSummary[]): string {
  return jsonText({
    runs: runs.map(({ id, state, startedAtMs, endedAtMs, text, category, mode, chosen }) => ({
      id,
      status: state,
      started_at: new Date(startedAtMs).toISOString(),
      ended_at: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
      task: text,
      category,
      mode,
      chosen,
    })),
  });
}

/** Writes an event as one line of an export. */
export function exportLine(run: string, number: number, { atMs, ...event }: KeptEvent): string {
  return JSON.stringify({ version: 1, run, number, at: new Date(atMs).toISOString(), event });
}
