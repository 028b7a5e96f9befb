import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../report/display-width.ts';

/** What is drawn on: a terminal, with its size as it is at the moment. */
export interface Screen {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string): unknown;
}

/** A few lines at the end of a terminal that are drawn again in place. */
export interface LiveArea {
  /** Draws the lines over the last ones; as many of the first as the screen is high. */
  draw(lines: readonly string[]): void;
  /** Writes a line above the others, where it stays. */
  print(line: string): void;
}

// A line that is too long for the screen is cut by it instead of wrapped, so a line is a row.
const wrapOff = '\x1b[?7l';
const wrapOn = '\x1b[?7h';
const eraseLine = '\x1b[K';
const eraseBelow = '\x1b[J';

/** Makes a live area. The cursor rests below it and every write is whole, so it can be left at any time. */
export function liveArea(screen: Screen): LiveArea {
  let drawn: readonly string[] = [];
  const toTop = (): string => {
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line, screen.columns), 0);
    return rows === 0 ? '' : `\x1b[${rows}A\r`;
  };
  // Each line is overwritten rather than all of them erased first, which would flicker, and which
  // some terminals take for the end of a page that belongs into the history.
  const frame = (lines: readonly string[]): string => {
    return `${wrapOff}${lines.map(fresh).join('')}${eraseBelow}${wrapOn}`;
  };
  return {
    draw: (lines) => {
      const shown = lines.slice(0, Math.max(1, (screen.rows ?? 24) - 1));
      const text = toTop() + frame(shown);
      drawn = shown;
      screen.write(text);
    },
    print: (line) => screen.write(toTop() + fresh(line) + frame(drawn)),
  };
}

// Erased before it is written: at the last column, erasing to the end takes the last character.
function fresh(line: string): string {
  return `${eraseLine}${line}\n`;
}

/** Rows of a line that was drawn on one: terminals wrap it when they are made narrower. */
function rowsOf(line: string, columns = 80): number {
  const cells = displayWidth(stripVTControlCharacters(line));
  return Math.max(1, Math.ceil(cells / Math.max(1, columns)));
}
