const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What terminals draw two cells wide: emoji, and the East Asian wide and full-width blocks. */
const wide =
  /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}])/v;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/v;
const printableAscii = /^[ -~]*$/;

/** The cells that a text without control characters takes on a terminal. */
export function displayWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += cellsOf(segment);
  return cells;
}

/** The text cut to a number of cells, with `mark` in place of what is left out; as it is when it fits. */
export function fitTo(text: string, cells: number, mark: string): string {
  if (displayWidth(text) <= cells) return text;
  const room = cells - displayWidth(mark);
  if (room < 0) return '';
  let head = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += cellsOf(segment);
    if (used > room) break;
    head += segment;
  }
  return head + mark;
}

/** The text in pieces of at most a number of cells; a character that is wider is a piece of its own. */
export function piecesOf(text: string, cells: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const needed = cellsOf(segment);
    if (piece !== '' && used + needed > cells) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += segment;
    used += needed;
  }
  return [...pieces, piece];
}

/** The text filled up with spaces to a number of cells. */
export function padTo(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - displayWidth(text)));
}

function cellsOf(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}
