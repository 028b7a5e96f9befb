import { displayWidth, padTo } from './display-width.ts';
import { type Look, paint, wrap } from './line.ts';
import type { Paragraph } from './paragraph.ts';
import { safeLine } from './safe-text.ts';

/** The fewest cells that a paragraph gets, however narrow the terminal is. */
const paragraphMinCells = 16;

/** A label with the paragraphs that belong to it. */
export interface Entry {
  readonly label: string;
  readonly paragraphs: readonly Paragraph[];
}

/** Writes entries in two columns, the labels and beside them the paragraphs, broken to the width. */
export function labelled(entries: readonly Entry[], look: Look): readonly string[] {
  const filled = entries.filter(({ paragraphs }) => paragraphs.length > 0);
  const cells = 4 + Math.max(0, ...filled.map(({ label }) => displayWidth(safeLine(label))));
  return filled.flatMap(({ label, paragraphs }) => {
    const lines = paragraphs.flatMap((paragraph) => linesOf(paragraph, look.width - cells, look));
    return lines.map((line, index) => {
      const shown = index === 0 ? `  ${safeLine(label)}` : '';
      return `${paint(padTo(shown, cells), 'quiet', look)}${line}`;
    });
  });
}

function linesOf({ lead, text, tone }: Paragraph, cells: number, look: Look): readonly string[] {
  const leading = lead ? `${safeLine(lead.text)} ` : '';
  const room = Math.max(paragraphMinCells, cells - displayWidth(leading));
  return wrap(text, room).map((line, index) => {
    const before = index === 0 ? leading : ' '.repeat(displayWidth(leading));
    return `${paint(before, lead?.tone, look)}${paint(line, tone, look)}`;
  });
}
