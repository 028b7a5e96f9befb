/** Cuts text that arrives in pieces into lines, and gives those that begin with one character. */
export class Lines {
  readonly #first: string;
  /** The line that is not complete; null for an unwanted one, of which nothing need be kept. */
  #rest: string | null = '';

  /** An empty `first` stands for any beginning. */
  constructor(first = '') {
    this.#first = first;
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
    const lines = [...this.#take(), ...others.filter((line) => line.startsWith(this.#first))];
    this.#keep(piece.slice(end + 1));
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  /** The last line, when it has no end. */
  end(): readonly string[] {
    return this.#rest === '' ? [] : this.#take();
  }

  #keep(piece: string): void {
    if (this.#rest === null || piece === '') return;
    const isUnwanted = this.#rest === '' && !piece.startsWith(this.#first);
    this.#rest = isUnwanted ? null : this.#rest + piece;
  }

  #take(): readonly string[] {
    const line = this.#rest;
    this.#rest = '';
    return line?.startsWith(this.#first) ? [line] : [];
  }
}
