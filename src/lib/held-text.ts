/** Bytes of a block: small pieces share one, and a long piece has one of its own. */
const blockBytes = 16 * 1024;

/**
 * Holds text that arrives in pieces as bytes outside of the heap. A string that grows by concatenation costs
 * an object for every piece, however short, and all of it once more when it is first looked at.
 */
export class HeldText {
  readonly #encoder = new TextEncoder();
  #blocks: Uint8Array[] = [];
  /** How much of the last block is written. */
  #usedBytes = 0;
  #bytes = 0;

  /** How much is held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a piece that does not end within a character. */
  push(piece: string): void {
    for (let rest = piece; rest !== ''; ) {
      const block = this.#blocks.at(-1) ?? this.#grow(rest);
      const { read, written } = this.#encoder.encodeInto(rest, block.subarray(this.#usedBytes));
      this.#usedBytes += written;
      this.#bytes += written;
      rest = rest.slice(read);
      if (rest !== '') this.#grow(rest);
    }
  }

  /** All of it, after which nothing is held. */
  take(): string {
    if (this.#bytes === 0) return '';
    const last = this.#blocks.at(-1)?.subarray(0, this.#usedBytes) ?? new Uint8Array();
    const text = Buffer.concat([...this.#blocks.slice(0, -1), last]).toString();
    this.#blocks = [];
    this.#usedBytes = 0;
    this.#bytes = 0;
    return text;
  }

  #grow(text: string): Uint8Array {
    const filled = this.#blocks.pop();
    // Near its end a block may have no room for a character, and what is not written is no text.
    if (filled) this.#blocks.push(filled.subarray(0, this.#usedBytes));
    const block = new Uint8Array(Math.max(blockBytes, Buffer.byteLength(text)));
    this.#blocks.push(block);
    this.#usedBytes = 0;
    return block;
  }
}
