/** Cuts text that arrives in pieces into lines, and gives those that begin with one character. */
export class Lines {
  readonly #first: string;
  readonly #otherMaxLength: number;
  /** What is kept of the line that is not complete. */
  #rest = '';
  /** Whether that line begins as wanted; undefined before its first character. */
  #isWanted: boolean | undefined;

  /**
   * An empty `first` stands for any beginning. A line that begins otherwise is given only when
   * `otherMaxLength` is not 0, and no more of it is kept than that while it is not complete.
   */
  constructor(first = '', otherMaxLength = 0) {
    this.#first = first;
    this.#otherMaxLength = otherMaxLength;
  }

  /** The lines that the piece completes, without their ends. */
  push(piece: string): readonly string[] {
    const end = piece.lastIndexOf('\n');
    if (end === -1) {
      this.#keep(piece);
      return [];
    }
    const [head = '', ...others] = piece.slice(0, end).split('\n');
    this.#keep(head);
    const lines = [...this.#take(), ...others.filter((line) => this.#isGiven(line))];
    this.#keep(piece.slice(end + 1));
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  /** The last line, when it has no end. */
  end(): readonly string[] {
    return this.#rest === '' ? [] : this.#take();
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#isWanted ??= piece.startsWith(this.#first);
    const room = this.#isWanted ? piece.length : this.#otherMaxLength - this.#rest.length;
    this.#rest += piece.slice(0, Math.max(0, room));
  }

  #take(): readonly string[] {
    const line = this.#rest;
    this.#rest = '';
    this.#isWanted = undefined;
    return this.#isGiven(line) ? [line] : [];
  }

  #isGiven(line: string): boolean {
    return this.#otherMaxLength > 0 || line.startsWith(this.#first);
  }
}
