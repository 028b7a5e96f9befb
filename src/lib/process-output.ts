import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { Excerpt } from './excerpt.ts';

/** Characters of the end of stderr that are kept. */
const stderrMaxLength = 64 * 1024;
/** How often its bound may pass a taker that does not hold what it takes: vendors say a word three times, in events. */
const passages = 8;

/** Who takes the output, and what stops it. */
export interface OutputTaker {
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
  /** Bytes of what it took that it holds; all of them when left out. */
  readonly heldBytes?: (() => number) | undefined;
}

/**
 * Takes in what a process writes, up to a bound of what is held, and eight times that of what is let go. Disposing of it closes the pipes,
 * whoever holds their other ends.
 */
export class ProcessOutput implements Disposable {
  /** Resolves when the process is to be ended: on an abort, a flood, or an error of the taker. */
  readonly stopped: Promise<void>;
  readonly #child: ChildProcess;
  readonly #taker: OutputTaker;
  readonly #stop: () => void;
  readonly #excerpt = new Excerpt();
  readonly #maxBytes: number;
  #bytes = 0;
  #exceededBytes: number | undefined;
  #stderr = '';
  #thrown: { readonly error: unknown } | undefined;

  constructor(child: ChildProcess, taker: OutputTaker, maxBytes: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.stopped = promise;
    this.#stop = () => resolve();
    this.#child = child;
    this.#taker = taker;
    this.#maxBytes = maxBytes;
    if (taker.signal.aborted) resolve();
    taker.signal.addEventListener('abort', this.#stop, { once: true });
    this.#listen(child.stdout, (text) => {
      this.#excerpt.push(text);
      if (this.exceededBytes === undefined) this.#give(text);
    });
    this.#listen(child.stderr, (text) => {
      this.#stderr = (this.#stderr + text).slice(-stderrMaxLength);
    });
  }

  /** The bound that the process wrote more than; undefined while it has not. */
  get exceededBytes(): number | undefined {
    return this.#exceededBytes;
  }

  /** The first and the last part of stdout. */
  get excerpt(): string {
    return this.#excerpt.text;
  }

  /** The end of stderr. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Throws what the taker threw. */
  check(): void {
    if (this.#thrown) throw this.#thrown.error;
  }

  [Symbol.dispose](): void {
    this.#taker.signal.removeEventListener('abort', this.#stop);
    this.#child.stdin?.destroy();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#child.unref();
  }

  #listen(stream: Readable | null, take: (text: string) => void): void {
    const decoder = new StringDecoder('utf8');
    const takeSome = (text: string): void => {
      if (text !== '') take(text);
    };
    stream?.on('error', () => undefined);
    stream?.on('end', () => takeSome(decoder.end()));
    stream?.on('data', (chunk: Buffer) => {
      if (this.exceededBytes !== undefined) return release(chunk);
      this.#bytes += chunk.length;
      this.#bound(this.#bytes, this.#maxBytes * (this.#taker.heldBytes ? passages : 1));
      takeSome(decoder.write(chunk));
      this.#bound(this.#taker.heldBytes?.() ?? 0, this.#maxBytes);
      release(chunk);
    });
  }

  #bound(bytes: number, maxBytes: number): void {
    if (bytes <= maxBytes || this.exceededBytes !== undefined) return;
    this.#exceededBytes = maxBytes;
    this.#stop();
  }

  #give(text: string): void {
    if (this.#thrown) return;
    try {
      this.#taker.onText(text);
    } catch (error) {
      this.#thrown = { error };
      this.#stop();
    }
  }
}

/** Frees the memory of a chunk at once: a program writes faster than unused memory is collected. */
function release({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
