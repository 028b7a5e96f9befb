import { opensMarkdown } from './prepare.ts';

/** A part of a Markdown text, and where it stands in it. */
export type Piece =
  | (Span & { readonly type: 'heading'; readonly depth: number })
  | (Span & { readonly type: 'paragraph' })
  | (Span & { readonly type: 'code'; readonly code: string });

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line of prose that is a paragraph, or a part of one, whatever stands around it. */
const proseLine = /^(?:\*{0,2}[^\s*>#+\-=_~`\d\\]|\\).*\S$|^[^\s*>#+\-=_~`\d]$/u;
const headingLine = /^(#{1,6}) [^\s#](?:.*[^\s#])?$/u;
const openingLine = /^(`{3,})[^`]*$/;

/** With more lines of prose in a row, those that no fence is near count for nothing. */
const proseMaxLines = 200;

/**
 * Reads a text up to its last fence where its lines alone tell what a parser of Markdown would make of it: prose,
 * headings and closed fences that all begin in the first column. Undefined for any other text. Most answers are
 * such, and their code is most of what a parser would go through character by character.
 */
export function plainPieces(source: string): readonly Piece[] | undefined {
  // A parser leaves the one out and replaces the other.
  if (source.startsWith('\uFEFF') || source.includes('\0')) return undefined;
  return new Reading(source.split('\n')).run();
}

class Reading {
  readonly #lines: readonly string[];
  readonly #pieces: Piece[] = [];
  /** Where the paragraph begins that the line before belongs to. */
  #paragraph: number | undefined;
  #offset = 0;
  #proseLines = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  run(): readonly Piece[] | undefined {
    const last = this.#lines.findLastIndex((line) => /`{3}|~{3}/.test(line));
    for (let at = 0; at <= last; ) {
      const next = this.#read(at);
      if (next === undefined || this.#proseLines > proseMaxLines) return undefined;
      at = next;
    }
    return this.#pieces;
  }

  /** Gives the line to go on with; undefined where it takes a parser. */
  #read(at: number): number | undefined {
    const line = this.#lines[at] ?? '';
    const run = openingLine.exec(line)?.[1];
    if (run !== undefined) return this.#readFence(at, run);
    const marks = headingLine.exec(line)?.[1];
    if (marks === undefined && line !== '' && !proseLine.test(line)) return undefined;
    this.#proseLines += 1;
    if (marks === undefined && line !== '') this.#paragraph ??= this.#offset;
    else this.#endParagraph();
    if (marks !== undefined) {
      const end = this.#offset + line.length;
      this.#pieces.push({ type: 'heading', depth: marks.length, start: this.#offset, end });
    }
    this.#offset += line.length + 1;
    return at + 1;
  }

  #readFence(at: number, run: string): number | undefined {
    const [opening = '', next = ''] = this.#lines.slice(at, at + 2);
    const end = this.#endOf(at, run);
    // A block of Markdown has fences of its own.
    if (end === undefined || opensMarkdown(opening, next) || opening !== opening.trimEnd())
      return undefined;
    if (this.#lines[end]?.replaceAll('`', '') !== '') return undefined;
    this.#endParagraph();
    const code = this.#lines.slice(at + 1, end).join('\n');
    const inner = end > at + 1 ? code.length + 1 : 0;
    const start = this.#offset;
    const stop = start + opening.length + 1 + inner + (this.#lines[end] ?? '').length;
    this.#pieces.push({ type: 'code', code, start, end: stop });
    this.#offset = stop + 1;
    this.#proseLines = 0;
    return end + 1;
  }

  #endOf(at: number, run: string): number | undefined {
    for (let end = at + 1; end < this.#lines.length; end += 1) {
      if (closes(this.#lines[end] ?? '', run)) return end;
    }
    return undefined;
  }

  /** A paragraph ends before the line break that is before this line. */
  #endParagraph(): void {
    if (this.#paragraph === undefined) return;
    this.#pieces.push({ type: 'paragraph', start: this.#paragraph, end: this.#offset - 1 });
    this.#paragraph = undefined;
  }
}

/** Also a line that is indented or has spaces behind closes a block. */
function closes(line: string, run: string): boolean {
  const marks = /^ {0,3}(`{3,})[ \t]*$/.exec(line)?.[1];
  return marks !== undefined && marks.length >= run.length;
}
