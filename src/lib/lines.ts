import { HeldText } from './held-text.ts';

/** Cuts text that arrives in pieces into lines, and gives those that begin with one character. */
export class Lines {
  readonly #first: string;
  readonly #otherMaxLength: number;
  /** What is kept of the line that is not complete. */
  readonly #rest = new HeldText();
  /** Whether that line begins as wanted; undefined before its first character. */
  #isWanted: boolean | undefined;

  /**
   * An empty `first` stands for any beginning. A line that begins otherwise is given only when
   * `otherMaxLength` is not 0 and the character stands in it, and no more of it is kept than that while it is not complete.
   */
  constructor(first = '', otherMaxLength = 0) {
    this.#first = first;
    this.#otherMaxLength = otherMaxLength;
  }

  /** How much of a line that is not complete is held. */
  get heldBytes(): number {
    return this.#rest.bytes;
  }

  /** The lines that the piece completes, without their ends. */
  push(piece: string): readonly string[] {
    const lines: string[] = [];
    const wanted = new Occurrences(piece, this.#first);
    let start = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
      // Junk comes in many lines, and to cut it would make an object of each.
      if (start === 0) lines.push(...this.#complete(piece.slice(0, end)));
      else if (wanted.standsIn(start, this.#otherMaxLength > 0 ? end : start)) {
        lines.push(piece.slice(start, end));
      }
      start = end + 1;
    }
    this.#keep(piece.slice(start));
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  /** The last line, when it has no end. */
  end(): readonly string[] {
    return this.#rest.bytes === 0 ? [] : this.#take();
  }

  #complete(piece: string): readonly string[] {
    this.#keep(piece);
    return this.#take();
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#isWanted ??= piece.startsWith(this.#first);
    const room = this.#isWanted ? piece.length : this.#otherMaxLength - this.#rest.bytes;
    this.#rest.push(piece.slice(0, Math.max(0, room)));
  }

  #take(): readonly string[] {
    const line = this.#rest.take();
    this.#isWanted = undefined;
    const isGiven = this.#otherMaxLength > 0 ? line.includes(this.#first) : undefined;
    return (isGiven ?? line.startsWith(this.#first)) ? [line] : [];
  }
}

/** Where a character stands in a text, asked from its beginning to its end: each part of it is searched once. */
class Occurrences {
  readonly #text: string;
  readonly #character: string;
  #next: number;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
    this.#next = text.indexOf(character);
  }

  /** Whether it stands at `start`, at `end` or between them; an empty one stands everywhere. */
  standsIn(start: number, end: number): boolean {
    if (this.#next !== -1 && this.#next < start) {
      this.#next = this.#text.indexOf(this.#character, start);
    }
    return this.#next !== -1 && this.#next <= end;
  }
}
