/** Lets a bounded number of processes run at once, first come, first served, or one with nobody beside it. */
export class Turns {
  readonly #most: number;
  #free: number;
  readonly #waiting: Waiting[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#free = most;
  }

  /** Resolves to a function that gives the turn back, or to undefined when the signal aborts before there is room. */
  take(signal: AbortSignal, { alone }: { readonly alone: boolean }): Promise<Release | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Release | undefined>();
    const waiting: Waiting = {
      places: alone ? this.#most : 1,
      enter: (release) => {
        signal.removeEventListener('abort', giveUp);
        resolve(release);
      },
    };
    const giveUp = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      resolve(undefined);
      this.#admit();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push(waiting);
    this.#admit();
    return promise;
  }

  #admit(): void {
    for (
      let [first] = this.#waiting;
      first && first.places <= this.#free;
      [first] = this.#waiting
    ) {
      const { places, enter } = first;
      this.#waiting.shift();
      this.#free -= places;
      enter(() => {
        this.#free += places;
        this.#admit();
      });
    }
  }
}

/** Gives a turn back. */
export type Release = () => void;

interface Waiting {
  readonly places: number;
  readonly enter: (release: Release) => void;
}
