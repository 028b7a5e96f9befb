// Runs the demo in a real terminal (tmux) and writes what stands on the screen as docs/pictures/demo.svg.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const columns = 96;
const rows = 80;
const cell = { width: 8.4, height: 18 };
const palette = {
  31: '#f47067',
  32: '#57ab5a',
  33: '#c69026',
  34: '#539bf5',
  35: '#b083f0',
  36: '#39c5cf',
  90: '#768390',
};

const esc = String.fromCharCode(27);
const sequence = new RegExp(`(${esc}\\[[\\d;]*m)`);

const screen = record(`orchestrator demo ${process.argv[2] ?? 'round-cents'}`);
mkdirSync(`${root}docs/pictures`, { recursive: true });
writeFileSync(`${root}docs/pictures/demo.svg`, picture(screen));

function record(shown) {
  const tmux = (...args) => execFileSync('tmux', ['-L', 'picture', ...args], { encoding: 'utf8' });
  const command = shown.replace('orchestrator', `${process.execPath} ${root}src/cli/main.ts`);
  tmux(
    'new-session',
    '-d',
    '-x',
    String(columns),
    '-y',
    String(rows),
    `${command}; tmux -L picture wait-for -S done; cat`,
  );
  try {
    tmux('wait-for', 'done');
    return `${esc}[32m$${esc}[0m ${shown}\n${tmux('capture-pane', '-p', '-e').trimEnd()}`;
  } finally {
    tmux('kill-server');
  }
}

function picture(shown) {
  let style = {};
  const lines = shown.split('\n').map((line, row) => {
    let column = 0;
    const spans = line.split(sequence).map((part) => {
      if (part.startsWith(esc)) {
        for (const code of part.slice(2, -1).split(';')) style = restyled(style, Number(code));
        return '';
      }
      const text = part.trimEnd();
      const start = column + text.length - text.trimStart().length;
      column += [...part].length;
      return text === '' ? '' : span(text.trimStart(), 16 + start * cell.width, style);
    });
    return `<text y="${52 + row * cell.height}">${spans.join('')}</text>`;
  });
  const height = 68 + lines.length * cell.height;
  const width = 32 + columns * cell.width;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="#adbac7" xml:space="preserve">
<rect width="100%" height="100%" rx="10" fill="#22272e"/>
<circle cx="22" cy="20" r="6" fill="#f47067"/><circle cx="42" cy="20" r="6" fill="#c69026"/><circle cx="62" cy="20" r="6" fill="#57ab5a"/>
${lines.join('\n')}
</svg>
`;
}

function span(text, x, { color, bold, dim }) {
  const fill = color ? ` fill="${color}"` : '';
  const weight = bold ? ' font-weight="700"' : '';
  const faint = dim ? ' opacity="0.65"' : '';
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(' ', '\u00a0');
  return `<tspan x="${x.toFixed(1)}"${fill}${weight}${faint} textLength="${([...text].length * cell.width).toFixed(1)}">${safe}</tspan>`;
}

function restyled(style, code) {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, color: undefined };
  return code in palette ? { ...style, color: palette[code] } : style;
}
