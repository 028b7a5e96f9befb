import type { KeptEvent, RunState, RunSummary } from '../domain/history.ts';
import type { Mode } from '../domain/mode.ts';
import { jsonText } from './json.ts';

/** A run as a row of `history --json`; times by ISO 8601. */
export interface RunRow {
  readonly id: string;
  readonly status: RunState;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly task: string;
  readonly category: string | null;
  readonly mode: Mode | null;
  readonly chosen: string | null;
}

/** Shows a run as a row of `history --json`. */
export function runRow(run: RunSummary): RunRow {
  const { id, state, startedAtMs, endedAtMs, text, category, mode, chosen } = run;
  return {
    id,
    status: state,
    started_at: new Date(startedAtMs).toISOString(),
    ended_at: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
    task: text,
    category,
    mode,
    chosen,
  };
}

/** Writes runs as the JSON text of `history --json`. */
export function runsJson(runs: readonly RunSummary[]): string {
  return jsonText({ runs: runs.map(runRow) });
}

/** Writes an event as one line of an export. */
export function exportLine(run: string, number: number, { atMs, ...event }: KeptEvent): string {
  return JSON.stringify({ version: 1, run, number, at: new Date(atMs).toISOString(), event });
}
