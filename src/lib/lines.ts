import { HeldText } from './held-text.ts';

/** Cuts text that arrives in pieces into lines, and gives those that begin with one character. */
export class Lines {
  readonly #first: string;
  /** The line that is not complete. */
  readonly #rest = new HeldText();
  /** Whether that line is an unwanted one, of which nothing need be kept. */
  #isUnwanted: boolean = false;

  /** An empty `first` stands for any beginning. */
  constructor(first = '') {
    this.#first = first;
  }

  /** How much of a line that is not complete is held. */
  get heldBytes(): number {
    return this.#rest.bytes;
  }

  /** The lines that the piece completes, without their ends. */
  push(piece: string): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
      // Junk comes in many lines, and to cut it would make an object of each.
      if (start === 0) lines.push(...this.#complete(piece.slice(0, end)));
      else if (piece.startsWith(this.#first, start)) lines.push(piece.slice(start, end));
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
    if (this.#isUnwanted || piece === '') return;
    this.#isUnwanted = this.#rest.bytes === 0 && !piece.startsWith(this.#first);
    if (!this.#isUnwanted) this.#rest.push(piece);
  }

  #take(): readonly string[] {
    const line = this.#rest.take();
    const isWanted = !this.#isUnwanted && line.startsWith(this.#first);
    this.#isUnwanted = false;
    return isWanted ? [line] : [];
  }
}
