import type { RunStatus } from '../../domain/event.ts';
import type { HistoryTools, RunState, RunSummary } from '../../domain/history.ts';
import type { Mode } from '../../domain/mode.ts';

/** A row of the table `runs`, of which this program writes every one. */
export interface RunRow {
  readonly id: string;
  readonly started_ms: number;
  readonly ended_ms: number | null;
  readonly status: RunStatus | null;
  readonly task_text: string;
  readonly category: string | null;
  readonly mode: Mode | null;
  readonly chosen: string | null;
  readonly holder: string;
  readonly lease_ms: number;
  readonly fence: number;
}

/** A run as lists show it. */
export function summaryOf(row: RunRow, tools: HistoryTools): RunSummary {
  return {
    id: row.id,
    state: stateOf(row, tools),
    startedAtMs: row.started_ms,
    endedAtMs: row.ended_ms,
    text: row.task_text,
    category: row.category,
    mode: row.mode,
    chosen: row.chosen,
  };
}

/** Whether a living process goes on with the run, as far as that can be known. */
export function isHeld(
  { holder, lease_ms }: Pick<RunRow, 'holder' | 'lease_ms'>,
  { now, isGone }: HistoryTools,
): boolean {
  return lease_ms > now() && !isGone(holder);
}

function stateOf(row: RunRow, tools: HistoryTools): RunState {
  if (row.status !== null) return row.status;
  return isHeld(row, tools) ? 'running' : 'interrupted';
}
