import type { StatsRow } from '../../../src/report/stats-json.ts';

const columns: readonly (readonly [string, (row: StatsRow) => string | number | null])[] = [
  ['runner', ({ runner }) => runner],
  ['model', ({ model }) => model],
  ['category', ({ category }) => category],
  ['asked', ({ asked }) => asked],
  ['answered', ({ answered }) => answered],
  ['won', ({ won }) => won],
  ['lost', ({ lost }) => lost],
  ['tied', ({ tied }) => tied],
  ['uncompared', ({ uncompared }) => uncompared],
  ['verified_won', ({ verified }) => verified.won],
  ['verified_lost', ({ verified }) => verified.lost],
  ['win_rate', ({ win_rate }) => win_rate?.share ?? null],
  ['win_rate_low', ({ win_rate }) => win_rate?.low ?? null],
  ['win_rate_high', ({ win_rate }) => win_rate?.high ?? null],
  ['latency_p50_seconds', ({ latency }) => latency.p50],
  ['latency_p95_seconds', ({ latency }) => latency.p95],
  ['cost_per_answer_usd', ({ cost_per_answer }) => cost_per_answer.mean],
  ['tokens_per_answer', ({ tokens_per_answer }) => tokens_per_answer.mean],
  ['failures', ({ failures }) => failuresText(failures)],
];

/** Writes statistics as CSV by RFC 4180, in which no cell is taken for a formula. */
export function statsCsv(rows: readonly StatsRow[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, of]) => cellText(of(row)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** Writes failures as `timed-out 3; refused 1`. */
export function failuresText(failures: StatsRow['failures']): string {
  return Object.entries(failures)
    .map(([kind, count]) => `${kind} ${count}`)
    .join('; ');
}

function cellText(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
