import { styleText } from 'node:util';
import { displayWidth, fitTo, piecesOf } from './display-width.ts';
import type { Span, Tone } from './paragraph.ts';
import { safeLine } from './safe-text.ts';

/** What the place that a text is shown in can do. */
export interface Look {
  readonly color: boolean;
  /** Cells in a line; `Infinity` where lines have no end. */
  readonly width: number;
  /** False where only ASCII can be shown. */
  readonly unicode: boolean;
}

type Formats = Parameters<typeof styleText>[0];

const formats: Readonly<Record<Tone, Formats>> = {
  strong: 'bold',
  quiet: 'dim',
  good: 'green',
  bad: 'red',
  warning: 'yellow',
  name: 'cyan',
};

/** Writes the spans as one line that never takes more cells than there are; every span is made harmless. */
export function lineOf(spans: readonly Span[], look: Look): string {
  let left = look.width;
  let line = '';
  for (const { text, tone } of spans) {
    const whole = safeLine(text);
    const fitting = fitTo(whole, left, look.unicode ? '…' : '~');
    line += paint(fitting, tone, look);
    if (fitting !== whole) break;
    left -= displayWidth(fitting);
  }
  return line;
}

/** Colours a text that is harmless already, where colour is wanted. */
export function paint(text: string, tone: Tone | undefined, look: Pick<Look, 'color'>): string {
  if (!look.color || tone === undefined || text === '') return text;
  // The stream and the environment are not asked: the caller has decided.
  return styleText(formats[tone], text, { validateStream: false });
}

/** Breaks a text between words, and a word that is too long within, so that each line fits the cells. */
export function wrap(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of safeLine(text).split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= cells) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = piecesOf(word, cells);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}
