import type { ReactNode } from 'react';
import { countText, secondsText } from '../../../src/report/amounts.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import type { StatsRow } from '../../../src/report/stats-json.ts';
import { TableBox } from '../shell/table-box.tsx';
import { costText, percentText } from '../shell/times.ts';
import { failuresText } from './stats-csv.ts';

const columns: readonly (readonly [string, (row: StatsRow) => string])[] = [
  ['Category', ({ category }) => category],
  ['Asked', ({ asked }) => countText(asked)],
  ['Answered', ({ answered }) => countText(answered)],
  ['Won', ({ won }) => countText(won)],
  ['Lost', ({ lost }) => countText(lost)],
  ['Tied', ({ tied }) => countText(tied)],
  ['Verified', ({ verified }) => `${verified.won} won, ${verified.lost} lost`],
  ['Share of wins', ({ win_rate }) => (win_rate ? percentText(win_rate.share) : 'few')],
  [
    '95 % interval',
    ({ win_rate }) =>
      win_rate ? `${percentText(win_rate.low)} to ${percentText(win_rate.high)}` : '',
  ],
  ['P50', ({ latency }) => timeOf(latency.p50)],
  ['P95', ({ latency }) => timeOf(latency.p95)],
  ['Cost', ({ cost_per_answer }) => costText(cost_per_answer.mean)],
  ['Failures', ({ failures }) => failuresText(failures) || 'none'],
];

/** Every number that the charts rest on. */
export function StatsTable({ rows }: { readonly rows: readonly StatsRow[] }): ReactNode {
  return (
    <section aria-labelledby="numbers-title">
      <h2 id="numbers-title">All numbers</h2>
      <TableBox
        label="All numbers"
        className="numbers"
        head={['Model', ...columns.map(([name]) => name)]}
      >
        {rows.map((row) => (
          <tr key={`${row.runner} ${row.model} ${row.category}`}>
            <th scope="row">
              {row.runner}
              {row.model !== null && <span className="quiet"> {safeLine(row.model)}</span>}
            </th>
            {columns.map(([name, of]) => (
              <td key={name}>{of(row)}</td>
            ))}
          </tr>
        ))}
      </TableBox>
    </section>
  );
}

function timeOf(seconds: number | null): string {
  return seconds === null ? 'few' : secondsText(seconds * 1000);
}
