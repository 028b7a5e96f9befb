import type { ScriptedAnswer } from './vendor-reply.ts';

/** The words of an error. */
export interface VendorErrorWords {
  readonly status: number;
  readonly message: string;
  readonly code: string | undefined;
}

/** One vendor's way of answering. */
export interface Dialect {
  /** Every event of a streamed answer, in order. */
  readonly events: (answer: ScriptedAnswer) => readonly string[];
  /** A whole answer as one JSON document. */
  readonly document: (answer: ScriptedAnswer) => unknown;
  readonly error: (words: VendorErrorWords) => unknown;
  /** An error in the midst of a stream, where it is more than an event named `error`. */
  readonly errorEvent?: (words: VendorErrorWords) => string;
}

/** An event of a stream, as text. */
export function sseEvent(data: unknown, name?: string): string {
  const json = typeof data === 'string' ? data : JSON.stringify(data);
  return name === undefined ? `data: ${json}\n\n` : `event: ${name}\ndata: ${json}\n\n`;
}
