import type { BenchReport, BenchRow } from '../domain/bench.ts';
import type { Look } from './line.ts';
import type { Span } from './paragraph.ts';
import { type Row, tableLines } from './table.ts';

/** How many single models the table lists, the best first; JSON has all. */
const singlesMax = 10;

/** Writes what a bench measured as a table, with what it took and what was left out below. */
export function renderBench(report: BenchReport, look: Look): string {
  const titles = ['RULE', 'RIGHT', '95 % INTERVAL', 'ANSWERS', 'RUNS CODE'];
  const head: Row = { cells: titles.map(quiet) };
  const singles = report.rows.filter(({ rule }) => rule.startsWith('single:'));
  const left = new Set(singles.slice(singlesMax));
  const rows = report.rows.filter((row) => !left.has(row)).map((row) => rowOf(row, look));
  const lines = tableLines([head, ...rows], look);
  const more = left.size > 0 ? [`and ${left.size} further models below these`] : [];
  return `${[...lines, ...more, '', ...notes(report)].join('\n')}\n`;
}

function rowOf({ rule, pass_rate, low, high, answers, runs_code }: BenchRow, look: Look): Row {
  const dash = look.unicode ? '–' : '-';
  return {
    cells: [
      { text: rule, ...(rule === 'ours' && { tone: 'strong' }) },
      { text: percent(pass_rate), tone: rule === 'ours' ? 'good' : undefined },
      { text: `${percent(low)} ${dash} ${percent(high)}`, tone: 'quiet' },
      { text: answers.toFixed(Number.isInteger(answers) ? 0 : 1) },
      { text: runs_code ? 'yes' : 'no' },
    ],
  };
}

/** A share as per cent with one digit after the point. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function notes(report: BenchReport): readonly string[] {
  const { tasks, panels, candidates, programs, calls, seconds, sandbox } = report;
  const drawn = panels === tasks ? '' : ` in ${panels} panels`;
  return [
    `${tasks} ${tasks === 1 ? 'task' : 'tasks'}${drawn}, ${candidates} candidates; ${programs} different programs, ${calls} calls, ${seconds.toFixed(1)} s`,
    `Tasks that show examples: ${report.tasks_with_examples}, with inputs made: ${report.tasks_with_inputs}. Strengths: ${report.prior}`,
    `Intervals: ${report.interval}. Sandbox: ${sandbox ?? 'none'}`,
    ...(report.unscored > 0
      ? [`${report.unscored} candidates could not be scored and count as wrong`]
      : []),
    ...(report.bad_lines.length > 0
      ? [`${report.bad_lines.length} lines of the pool were not used`]
      : []),
    ...(report.is_whole ? [] : ['Cancelled: these are the tasks that were done']),
  ];
}

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}
