import * as Plot from '@observablehq/plot';
import { failureTitles } from '../../../src/report/failure-text.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import type { StatsRow } from '../../../src/report/stats-json.ts';
import { costText } from '../shell/times.ts';

/** A chart that waits for the width that it is drawn in; null where there is nothing to draw. */
export type Chart = ((width: number) => Plot.PlotOptions) | null;

/** The colour of everything that is measured; the style sheet says which. */
const accent = 'var(--chart)';

/** Pixels for one row. */
const rowPixels = 26;

/** Pixels for a letter of a name, and between the names and the axis. */
const [letterPixels, tickPixels] = [6.6, 16];

/** The share of wins of each model in each category, with its interval. */
export function winChart(rows: readonly StatsRow[]): Chart {
  const data = rows.flatMap((row) =>
    row.win_rate ? [{ name: nameOf(row, rows), ...row.win_rate, count: row.won + row.lost }] : [],
  );
  if (data.length === 0) return null;
  return (width) => ({
    ...frame(data, width),
    x: {
      domain: [0, 1],
      tickFormat: (share: number) => `${Math.round(100 * share)} %`,
      label: null,
      grid: true,
      tickSpacing: 90,
    },
    marks: [
      Plot.ruleX([0.5], { stroke: 'var(--line-strong)', strokeDasharray: '3 3' }),
      Plot.link(data, {
        y: 'name',
        x1: 'low',
        x2: 'high',
        stroke: accent,
        strokeWidth: 2,
        strokeOpacity: 0.6,
      }),
      Plot.dot(data, { y: 'name', x: 'share', fill: accent, r: 5 }),
      Plot.text(data, {
        y: 'name',
        x: 'share',
        dy: -12,
        text: (each) => `${Math.round(100 * each.share)} % of ${each.count}`,
      }),
    ],
  });
}

/** The median time of each model until its answer, and its 95th percentile. */
export function latencyChart(rows: readonly StatsRow[]): Chart {
  const data = rows.flatMap((row) => {
    const { p50, p95 } = row.latency;
    return p50 === null ? [] : [{ name: nameOf(row, rows), p50, p95: p95 ?? p50 }];
  });
  if (data.length === 0) return null;
  return (width) => ({
    ...frame(data, width),
    x: {
      label: 'seconds',
      domain: [0, Math.max(1, ...data.map((each) => each.p95))],
      grid: true,
      tickSpacing: 90,
    },
    marks: [
      Plot.link(data, {
        y: 'name',
        x1: 'p50',
        x2: 'p95',
        stroke: accent,
        strokeWidth: 3,
        strokeOpacity: 0.6,
      }),
      Plot.dot(data, { y: 'name', x: 'p95', stroke: accent, fill: 'var(--panel)', r: 4 }),
      Plot.dot(data, { y: 'name', x: 'p50', fill: accent, r: 5 }),
      Plot.text(data, { y: 'name', x: 'p50', dy: -12, text: (each) => `${each.p50.toFixed(1)} s` }),
    ],
  });
}

/** The mean cost of one answer of each model. */
export function costChart(rows: readonly StatsRow[]): Chart {
  const data = rows.flatMap((row) => {
    const { mean } = row.cost_per_answer;
    return mean === null ? [] : [{ name: nameOf(row, rows), mean }];
  });
  if (data.length === 0) return null;
  const most = Math.max(...data.map(({ mean }) => mean));
  return (width) => ({
    ...frame(data, width),
    // Where nothing costs anything, there is a scale nevertheless.
    x: { label: 'US dollars', domain: [0, most || 0.01], grid: true, tickSpacing: 90 },
    marks: [
      Plot.barX(data, { y: 'name', x: 'mean', fill: accent, insetTop: 5, insetBottom: 5 }),
      Plot.text(data, {
        y: 'name',
        x: 'mean',
        dx: 6,
        textAnchor: 'start',
        text: (each) => costText(each.mean),
      }),
      Plot.ruleX([0]),
    ],
  });
}

/** How often each model failed, by kind. */
export function failureChart(rows: readonly StatsRow[]): Chart {
  const data = rows.flatMap((row) =>
    Object.entries(row.failures).map(([kind, count]) => ({
      name: row.runner,
      kind: failureTitles[kind as keyof typeof failureTitles],
      count,
    })),
  );
  if (data.length === 0) return null;
  const sums = Map.groupBy(data, ({ name }) => name).values();
  const most = Math.max(...sums.map((all) => all.reduce((sum, { count }) => sum + count, 0)));
  return (width) => ({
    ...frame(data, width),
    x: { label: 'calls', grid: true, ticks: wholeTicks(most), tickFormat: 'd' },
    color: { legend: false, scheme: 'Tableau10' },
    marks: [
      Plot.barX(
        data,
        Plot.groupY(
          { x: 'sum' },
          { y: 'name', x: 'count', fill: 'kind', title: 'kind', insetTop: 5, insetBottom: 5 },
        ),
      ),
      Plot.text(
        data,
        Plot.stackX(
          Plot.groupY(
            { x: 'sum', text: (kinds: readonly FailureCount[]) => labelOf(kinds, most) },
            { y: 'name', x: 'count', z: 'kind', text: Plot.identity, fill: 'black' },
          ),
        ),
      ),
      Plot.ruleX([0]),
    ],
  });
}

/** A few whole numbers from nothing to the most. */
function wholeTicks(most: number): readonly number[] {
  const step = Math.ceil(most / 5);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

interface FailureCount {
  readonly name: string;
  readonly kind: string;
  readonly count: number;
}

/** Says how many of a kind there were where its part of the longest bar has room for it; the table says all. */
function labelOf(kinds: readonly FailureCount[], most: number): string {
  const count = kinds.reduce((sum, each) => sum + each.count, 0);
  return count < most / 4 ? '' : `${kinds[0]?.kind ?? ''} ${count}`;
}

/** What all charts have in common. */
function frame(data: readonly { readonly name: string }[], width: number): Plot.PlotOptions {
  const names = [...new Set(data.map(({ name }) => name))];
  const longest = Math.max(...names.map(({ length }) => length));
  const lettersMax = Math.floor((width * 0.42 - tickPixels) / letterPixels);
  return {
    width,
    height: 60 + names.length * rowPixels * 1.5,
    marginLeft: tickPixels + Math.min(longest, lettersMax) * letterPixels,
    marginRight: 64,
    marginTop: 20,
    marginBottom: 36,
    y: { label: null, domain: names, tickFormat: (name: string) => fitted(name, lettersMax) },
  };
}

/** Leaves the middle of a name out where it is too long; both ends tell names apart. */
function fitted(name: string, lettersMax: number): string {
  if (name.length <= lettersMax) return name;
  const tail = Math.ceil((lettersMax - 1) / 2);
  return `${name.slice(0, lettersMax - 1 - tail)}…${name.slice(-tail)}`;
}

/** A model is named with what tells its rows apart. */
function nameOf(row: StatsRow, rows: readonly StatsRow[]): string {
  const isAlone = (same: (other: StatsRow) => boolean): boolean => rows.filter(same).length === 1;
  const withCategory = `${row.runner}, ${row.category}`;
  if (isAlone(({ runner }) => runner === row.runner)) return row.runner;
  if (isAlone(({ runner, category }) => runner === row.runner && category === row.category))
    return withCategory;
  return `${withCategory}, ${safeLine(row.model ?? 'unknown model')}`;
}
