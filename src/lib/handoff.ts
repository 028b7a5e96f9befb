/** Gives values from several hands to one taker, and holds up whoever gives until the value is taken. */
export class Handoff<Value> implements AsyncIterable<Value> {
  readonly #offers: { readonly value: Value; readonly taken: () => void }[] = [];
  readonly #closed = new AbortController();
  #wake: (() => void) | undefined;

  /** Resolves when the value is taken, or when nobody takes any more. */
  give(value: Value): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed.signal.aborted) return resolve();
      this.#offers.push({ value, taken: resolve });
      this.#wake?.();
    });
  }

  /** Ends the taking after what was given by then. */
  close(): void {
    this.#closed.abort();
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
    try {
      for (;;) {
        const offer = this.#offers.shift();
        if (offer) {
          offer.taken();
          yield offer.value;
        } else if (this.#closed.signal.aborted) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.close();
      for (const { taken } of this.#offers.splice(0)) taken();
    }
  }
}
