import { expect, test } from 'vitest';
import { liveArea } from './live-area.ts';

/** A terminal of some size that keeps what is on it, as the few codes in use say. */
function terminal(columns: number, rows: number) {
  let lines = [''];
  let row = 0;
  const type = (text: string): void => {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) row += 1;
      lines[row] = (index > 0 ? '' : (lines[row] ?? '')) + part;
    }
  };
  const write = (text: string): void => {
    const [plain = '', ...codes] = text.split('\x1b[');
    type(plain);
    for (const code of codes) {
      const [, up, below, rest = ''] = /^(?:(\d+)A\r|(J)|K|\?7[hl])([\s\S]*)$/.exec(code) ?? [];
      if (up !== undefined) row -= Number(up);
      if (up !== undefined) lines[row] = '';
      if (below) lines = lines.slice(0, row + 1);
      type(rest);
    }
  };
  return { columns, rows, write, shown: () => lines };
}

test('liveArea() draws over what it drew before', () => {
  const screen = terminal(80, 24);
  const area = liveArea(screen);
  area.draw(['a 1', 'b 1']);
  area.draw(['a 2', 'b 2']);
  expect(screen.shown()).toEqual(['a 2', 'b 2', '']);
});

test('liveArea() leaves the text above its lines', () => {
  const screen = terminal(80, 24);
  const area = liveArea(screen);
  area.draw(['a 1']);
  area.print('note');
  area.draw(['a 2']);
  expect(screen.shown()).toEqual(['note', 'a 2', '']);
});

test('liveArea() draws no more lines than the screen has', () => {
  const screen = terminal(80, 3);
  liveArea(screen).draw(['a', 'b', 'c', 'd']);
  expect(screen.shown()).toEqual(['a', 'b', '']);
});

test('liveArea() goes back over lines that a narrower screen wrapped', () => {
  const writes: string[] = [];
  const screen = { columns: 20, rows: 24, write: (text: string) => writes.push(text) };
  const area = liveArea(screen);
  area.draw(['x'.repeat(20), 'y']);
  screen.columns = 8;
  area.draw(['z']);
  expect(writes.at(-1)?.startsWith('\x1b[4A\r')).toBe(true);
});

test('liveArea() ends each write on a fresh line with wrapping on', () => {
  const writes: string[] = [];
  const area = liveArea({ columns: 80, rows: 24, write: (text) => writes.push(text) });
  area.draw(['a']);
  area.print('note');
  expect(writes.every((text) => text.endsWith('\n\x1b[J\x1b[?7h'))).toBe(true);
});
