/** Cuts text that arrives in pieces into lines. */
export class Lines {
  #rest = '';

  /** The lines that the piece completes, without their ends. */
  push(piece: string): readonly string[] {
    const end = piece.lastIndexOf('\n');
    if (end === -1) {
      this.#rest += piece;
      return [];
    }
    const lines = (this.#rest + piece.slice(0, end)).split('\n');
    this.#rest = piece.slice(end + 1);
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  /** The last line, when it has no end. */
  end(): readonly string[] {
    const last = this.#rest;
    this.#rest = '';
    return last === '' ? [] : [last];
  }
}
