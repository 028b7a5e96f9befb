import { type ReactNode, useState } from 'react';
import type { StatsRow } from '../../../src/report/stats-json.ts';
import { getStatistics } from '../api/calls.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { downloadText } from '../share/download.ts';
import { Fault, Loading, Notice } from '../shell/notice.tsx';
import { useTitle } from '../shell/use-title.ts';
import { ChartPanel } from './chart-panel.tsx';
import { costChart, failureChart, latencyChart, winChart } from './charts.ts';
import { statsCsv } from './stats-csv.ts';
import { StatsTable } from './stats-table.tsx';

const spans = [
  { name: 'of all time', days: 0 },
  { name: 'of the last 7 days', days: 7 },
  { name: 'of the last 30 days', days: 30 },
  { name: 'of the last 90 days', days: 90 },
] as const;

const dayMs = 86_400_000;

/** How the models fared in the runs that are kept. */
export function StatisticsPage(): ReactNode {
  useTitle('Statistics');
  const [days, setDays] = useState(0);
  const [category, setCategory] = useState('');
  const [stats, again] = useLoaded(() => getStatistics(sinceOf(days)), String(days));
  if (stats.status === 'failed') return <Fault error={stats.error} onAgain={again} />;
  if (stats.status === 'loading') return <Loading what="the statistics" />;
  const all = stats.value;
  const categories = [...new Set(all.map((row) => row.category))].toSorted((a, b) =>
    a.localeCompare(b),
  );
  const rows = all.filter((row) => category === '' || row.category === category);
  return (
    <div className="stack">
      <h1>Statistics</h1>
      <div className="row filters">
        <label className="field">
          Runs
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {spans.map((span) => (
              <option key={span.days} value={span.days}>
                {span.name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Category
          <select value={category} onChange={(event) => setCategory(event.target.value)}>
            <option value="">all</option>
            {categories.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span className="grow" />
        <button
          type="button"
          className="button"
          disabled={rows.length === 0}
          onClick={() => downloadText('statistics.csv', statsCsv(rows), 'text/csv')}
        >
          Save as CSV
        </button>
      </div>
      {rows.length === 0 ? <NoRows days={days} /> : <Charts rows={rows} />}
    </div>
  );
}

function Charts({ rows }: { readonly rows: readonly StatsRow[] }): ReactNode {
  return (
    <>
      <div className="charts">
        <ChartPanel
          title="Share of wins"
          hint="Wins among wins and losses, with the interval that holds the true share in 95 of 100 cases. Few comparisons make it wide."
          empty="No model has enough wins and losses yet: ten in one category."
          chart={winChart(rows)}
        />
        <ChartPanel
          title="Time until the answer"
          hint="From the median to what 95 of 100 answers stay below; the median alone where answers are few."
          empty="No model has five answers in one category yet."
          chart={latencyChart(rows)}
        />
        <ChartPanel
          title="Cost of one answer"
          hint="The mean in US dollars, of the answers of which it is known."
          empty="Of no answer the cost is known."
          chart={costChart(rows)}
        />
        <ChartPanel
          title="Failures by kind"
          hint="Calls that brought no answer. They count as no loss."
          empty="No call failed."
          chart={failureChart(rows)}
        />
      </div>
      <StatsTable rows={rows} />
    </>
  );
}

function NoRows({ days }: { readonly days: number }): ReactNode {
  return (
    <Notice title="Nothing is known of any model">
      {days === 0
        ? 'No run that is kept has ended. Begin one, and this fills by itself.'
        : 'No run of that time is kept. Choose a longer time.'}
    </Notice>
  );
}

function sinceOf(days: number): string {
  return days === 0 ? '' : new Date(Date.now() - days * dayMs).toISOString();
}
