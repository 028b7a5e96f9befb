import type { BenchReport, BenchRow } from '../domain/bench.ts';
import { percent } from './bench-text.ts';

const rowHeight = 26;
const labelWidth = 300;
const plotWidth = 420;
const width = labelWidth + plotWidth + 90;
const top = 64;

const colours: Readonly<Record<string, string>> = { ours: '#0a7d4f', oracle: '#b9bfc7' };
const usual = '#4a6fa5';

/** Draws the rates as bars with their intervals: an SVG that needs no other file. */
export function benchSvg({ rows, tasks, candidates, interval }: BenchReport): string {
  const height = top + rows.length * rowHeight + 40;
  const title = `Right choices on ${tasks} tasks, ${candidates} recorded candidates`;
  const bars = rows.map((row, index) => barOf(row, top + index * rowHeight)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="16" y="28" font-size="16" font-weight="600" fill="#1b1f24">${title}</text>
<text x="16" y="47" fill="#5b6470">Whiskers: ${interval}</text>
${gridLines(height)}
${bars}
</svg>
`;
}

/** The chart and the same figures as a table, in one page. */
export function benchHtml(report: BenchReport): string {
  const cells = (row: BenchRow): string =>
    [
      escaped(row.rule),
      percent(row.pass_rate),
      `${percent(row.low)} to ${percent(row.high)}`,
      row.answers.toFixed(1),
      row.runs_code ? 'yes' : 'no',
    ]
      .map((text) => `<td>${text}</td>`)
      .join('');
  const rows = report.rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ways to choose an answer</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:60rem;color:#1b1f24}svg{max-width:100%;height:auto}table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #e3e6ea}</style>
${benchSvg(report)}
<table>
<tr><th>Rule</th><th>Right</th><th>95 % interval</th><th>Answers</th><th>Runs code</th></tr>
${rows}
</table>
<p>${report.programs} different programs, ${report.calls} calls, ${report.seconds.toFixed(1)} s.</p>
</html>
`;
}

function gridLines(height: number): string {
  return [0, 0.25, 0.5, 0.75, 1]
    .map((share) => {
      const x = place(share);
      const line = `<line x1="${x}" x2="${x}" y1="${top - 6}" y2="${height - 30}" stroke="#e3e6ea"/>`;
      return `${line}<text x="${x}" y="${height - 12}" text-anchor="middle" fill="#5b6470">${share * 100} %</text>`;
    })
    .join('\n');
}

function barOf({ rule, pass_rate, low, high }: BenchRow, y: number): string {
  const middle = y + rowHeight / 2 - 3;
  const fill = colours[rule] ?? (rule.startsWith('single:') ? '#9db2d0' : usual);
  const weight = rule === 'ours' ? ' font-weight="600"' : '';
  const end = place(pass_rate);
  return [
    `<text x="${labelWidth - 10}" y="${middle + 4}" text-anchor="end"${weight} fill="#1b1f24">${escaped(shortened(rule))}</text>`,
    `<rect x="${labelWidth}" y="${y}" width="${end - labelWidth}" height="${rowHeight - 8}" fill="${fill}"/>`,
    `<line x1="${place(low)}" x2="${place(high)}" y1="${middle}" y2="${middle}" stroke="#1b1f24" stroke-width="1.5"/>`,
    `<text x="${place(high) + 8}" y="${middle + 4}"${weight} fill="#1b1f24">${percent(pass_rate)}</text>`,
  ].join('');
}

function place(share: number): number {
  return Math.round((labelWidth + share * plotWidth) * 10) / 10;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Names of models come from a file, and may hold anything. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
