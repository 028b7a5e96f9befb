import type { RunState, RunSummary } from '../domain/history.ts';
import type { Look } from './line.ts';
import type { Span, Tone } from './paragraph.ts';
import { type Row, tableLines } from './table.ts';

const tones: Readonly<Record<RunState, Tone>> = {
  running: 'name',
  interrupted: 'warning',
  complete: 'good',
  degraded: 'warning',
  failed: 'bad',
  cancelled: 'quiet',
};

/** Writes runs as a table, in the order in which they are given. */
export function renderRuns(runs: readonly RunSummary[], look: Look): string {
  const head: Row = { cells: ['RUN', 'STARTED', 'STATE', 'CHOSEN', 'TASK'].map(quiet) };
  return `${tableLines([head, ...runs.map(rowOf)], look).join('\n')}\n`;
}

function rowOf({ id, startedAtMs, state, chosen, text }: RunSummary): Row {
  return {
    cells: [
      { text: id, tone: 'strong' },
      { text: timeText(startedAtMs) },
      { text: state, tone: tones[state] },
      { text: chosen ?? '-' },
      { text: text.replaceAll(/\s+/g, ' ') },
    ],
  };
}

/** As a clock on the wall here shows it: `2026-03-01 14:05`. */
function timeText(atMs: number): string {
  const time = new Date(atMs);
  const [day, hour] = [
    [time.getFullYear(), time.getMonth() + 1, time.getDate()],
    [time.getHours(), time.getMinutes()],
  ].map((numbers) => numbers.map((each) => String(each).padStart(2, '0')));
  return `${day?.join('-')} ${hour?.join(':')}`;
}

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}
