/** One frame of the fork server: `R` has lines of a fork, `O` what a program wrote on stdout, `E` how a fork ended. */
export interface Frame {
  readonly kind: string;
  readonly data: Buffer;
}

/** A byte for the kind and four for the length. */
const headSize = 5;

/** Cuts bytes that arrive in pieces into frames. */
export class Frames {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that the piece completes. */
  push(piece: Uint8Array): readonly Frame[] {
    this.#rest = this.#rest.length === 0 ? Buffer.from(piece) : Buffer.concat([this.#rest, piece]);
    const frames: Frame[] = [];
    for (let size = this.#sizeOfFirst(); this.#rest.length >= size; size = this.#sizeOfFirst()) {
      const kind = this.#rest.toString('latin1', 0, 1);
      frames.push({ kind, data: this.#rest.subarray(headSize, size) });
      this.#rest = this.#rest.subarray(size);
    }
    return frames;
  }

  #sizeOfFirst(): number {
    return this.#rest.length < headSize ? Infinity : headSize + this.#rest.readUInt32LE(1);
  }
}
