import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Characters of the end of stderr that are kept. */
const stderrMaxLength = 64 * 1024;

/** Who takes the output, and what stops it. */
export interface OutputTaker {
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
}

/** Takes in what a process writes, up to a bound. Disposing of it closes the pipes, whoever holds their other ends. */
export class ProcessOutput implements Disposable {
  readonly maxBytes: number;
  /** Resolves when the process is to be ended: on an abort, a flood, or an error of the taker. */
  readonly stopped: Promise<void>;
  readonly #child: ChildProcess;
  readonly #taker: OutputTaker;
  readonly #stop: () => void;
  #bytes = 0;
  #stderr = '';
  #thrown: { readonly error: unknown } | undefined;

  constructor(child: ChildProcess, taker: OutputTaker, maxBytes: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.stopped = promise;
    this.#stop = () => resolve();
    this.#child = child;
    this.#taker = taker;
    this.maxBytes = maxBytes;
    taker.signal.addEventListener('abort', this.#stop, { once: true });
    this.#listen(child.stdout, (text) => this.#give(text));
    this.#listen(child.stderr, (text) => {
      this.#stderr = (this.#stderr + text).slice(-stderrMaxLength);
    });
  }

  get isFlooded(): boolean {
    return this.#bytes > this.maxBytes;
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
      if (this.isFlooded) return;
      this.#bytes += chunk.length;
      if (this.isFlooded) this.#stop();
      else takeSome(decoder.write(chunk));
    });
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
