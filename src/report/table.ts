import { displayWidth, fitTo, padTo } from './display-width.ts';
import { type Look, lineOf, paint, wrap } from './line.ts';
import type { Span } from './paragraph.ts';
import { safeLine } from './safe-text.ts';

/** The most cells that a column takes when another follows it. */
const columnMaxCells = 32;
const gap = '  ';

/** A row of cells, and on the lines below it the details and what to do. */
export interface Row {
  readonly cells: readonly Span[];
  /** What else there is to say, on the lines below. */
  readonly details?: string | undefined;
  readonly advice?: string | undefined;
}

/** Writes rows in columns that are as wide as they need to be; the last one takes what is left of the line. */
export function tableLines(rows: readonly Row[], look: Look): readonly string[] {
  const cut = rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, at) => shortened(cell, at, row)),
  }));
  const count = Math.max(0, ...cut.map(({ cells }) => cells.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(0, ...cut.map(({ cells }) => displayWidth(cells[at]?.text ?? ''))),
  );
  const indent = (widths[0] ?? 0) + gap.length;
  return cut.flatMap(({ cells, details, advice }) => [
    lineOf(padded(cells, widths), look),
    ...(details === undefined ? [] : detailLines(details, indent, look)),
    ...(advice === undefined ? [] : adviceLines(advice, indent, look)),
  ]);
}

function shortened({ text, tone }: Span, at: number, { cells }: Row): Span {
  const safe = safeLine(text);
  return { text: at === cells.length - 1 ? safe : fitTo(safe, columnMaxCells, '~'), tone };
}

function padded(cells: readonly Span[], widths: readonly number[]): readonly Span[] {
  const last = cells.findLastIndex(({ text }) => text !== '');
  return cells
    .slice(0, last + 1)
    .flatMap(({ text, tone }, at) => [
      { text: at === last ? text : padTo(text, widths[at] ?? 0), tone },
      ...(at === last ? [] : [{ text: gap }]),
    ]);
}

function detailLines(details: string, indent: number, look: Look): readonly string[] {
  const width = Math.max(24, look.width - indent);
  return wrap(safeLine(details), width).map((line) =>
    paint(`${' '.repeat(indent)}${line}`, 'quiet', look),
  );
}

// Advice is broken rather than cut: it may hold a command to copy.
function adviceLines(advice: string, indent: number, look: Look): readonly string[] {
  const mark = look.unicode ? '→ ' : '> ';
  return wrap(advice, Math.max(24, look.width - indent - mark.length)).map((line, index) => {
    const before = ' '.repeat(indent) + (index === 0 ? mark : ' '.repeat(mark.length));
    return `${paint(before, 'quiet', look)}${line}`;
  });
}
