// Writes the error matrix that the last run of the vendors' tests made into docs/runners.md, between its markers.
import { readFileSync, writeFileSync } from 'node:fs';

const runners = ['claude-code', 'codex', 'gemini', 'grok'];
const matrix = JSON.parse(read('.cache/vendors/matrix.json'));
const head = ['the API', ...runners.map((name) => `\`${name}\``)];
const rows = Object.entries(matrix).map(([name, cells]) => [
  name,
  ...runners.map((runner) => cellOf(cells[runner])),
]);
const marks = /(<!-- matrix: npm run vendors:matrix -->\n)[\s\S]*(<!-- \/matrix -->)/;
const page = read('docs/runners.md');
if (!marks.test(page)) throw new Error('docs/runners.md has no place for the matrix');
writeFileSync(
  at('docs/runners.md'),
  page.replace(marks, (_, open, close) => `${open}\n${tableOf([head, ...rows])}\n${close}`),
);

function cellOf({ kind, requests, seconds }) {
  return `${kind}, ${requests}, ${seconds.toFixed(1)} s`;
}

function tableOf(lines) {
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column])));
  const [first, ...others] = padded.map((line) => `| ${line.join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return `${[first, rule, ...others].join('\n')}\n`;
}

function read(path) {
  return readFileSync(at(path), 'utf8');
}

function at(path) {
  return new URL(`../${path}`, import.meta.url);
}
