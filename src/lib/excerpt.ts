/** Characters of each end that are kept. */
const endMaxLength = 2000;

/** Keeps the first and the last part of a text that may be of any length. */
export class Excerpt {
  #head = '';
  #tail = '';
  #length = 0;

  /** Adds what follows. */
  push(piece: string): void {
    const room = endMaxLength - this.#head.length;
    if (room > 0) this.#head += copied(piece.slice(0, room));
    const rest = piece.slice(Math.max(room, 0));
    const before = rest.length < endMaxLength ? this.#tail : '';
    this.#tail = copied((before + rest).slice(-endMaxLength));
    this.#length += piece.length;
  }

  /** The two parts, and between them how many characters are left out. */
  get text(): string {
    const left = this.#length - this.#head.length - this.#tail.length;
    if (left === 0) return this.#head + this.#tail;
    return `${this.#head}\n[... ${left} characters ...]\n${this.#tail}`;
  }
}

/** A part of a string keeps all of it alive, which a copy does not. */
function copied(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}
