/** Counts what has begun and not ended. */
export class OpenCount {
  #open = 0;
  #wake: (() => void) | undefined;

  /** Something is to end. */
  expect(): void {
    this.#open += 1;
  }

  /** What was expected has ended once the promise resolves. */
  add(told: Promise<void>): void {
    void told.then(() => {
      this.#open -= 1;
      if (this.#open === 0) this.#wake?.();
    });
  }

  /** Resolves when all of it has ended. */
  async all(): Promise<void> {
    if (this.#open > 0) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
