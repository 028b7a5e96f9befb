import type { AttemptFailure } from '../domain/failure.ts';
import type { Outcome, Progress } from '../domain/runner.ts';
import { type SseReader, sseReader } from '../lib/sse-reader.ts';
import { failureOfError } from './failure-of-error.ts';
import { GatheredAnswer } from './gathered-answer.ts';
import { fields, parsed } from './json.ts';
import { vendorError } from './vendor-error.ts';
import type { Piece, WireFormat } from './wire-format.ts';

/** Characters of an unreadable answer that are kept to look at. */
const evidenceMaxLength = 500;

const activity: Progress = { type: 'activity' };
const started: Progress = { type: 'activity', doing: 'started' };

/** Reads the body of a good response, streamed or whole, and reports what arrives. */
export class AnswerReader {
  readonly #format: WireFormat;
  readonly #report: (progress: Progress) => void;
  readonly #answer = new GatheredAnswer();
  readonly #events: SseReader = sseReader((data, name) => this.#readEvent(data, name));
  /** Null until the first character tells events from a document. */
  #isStream: boolean | null = null;
  /** The whole of a document; the start of a stream. */
  #body = '';

  constructor(format: WireFormat, report: (progress: Progress) => void) {
    this.#format = format;
    this.#report = report;
  }

  /** Takes some of the body. */
  text(chunk: string): 'more' | 'enough' {
    const before = this.#answer.length;
    this.#isStream ??= looksLikeStream(chunk);
    if (!this.#isStream || this.#body.length < evidenceMaxLength) this.#body += chunk;
    if (this.#isStream) this.#events.feed(chunk);
    if (this.#answer.length === before) this.#report(before === 0 ? started : activity);
    return this.#answer.isOver ? 'enough' : 'more';
  }

  /** What the answer came to, once the body has ended or there was enough of it. */
  outcome(): Outcome {
    if (this.#isStream) this.#events.end();
    else this.#readDocument();
    const outcome = this.#answer.outcome();
    if (outcome.status === 'answered' || this.#answer.length > 0) return outcome;
    const { evidence = this.#body.slice(0, evidenceMaxLength), kind } = outcome.failure;
    if (evidence === '' || kind !== 'broken-stream') return outcome;
    return { status: 'failed', failure: { ...outcome.failure, evidence } };
  }

  #readEvent(data: string, name: string | undefined): void {
    if (this.#answer.isOver || data === '') return;
    if (data === '[DONE]') {
      this.#answer.add({ last: true });
      return;
    }
    const event = parsed(data);
    const failure = event === undefined ? unreadable(data) : errorOf(event, name);
    this.#take(failure ? { failure } : this.#format.readEvent(event));
  }

  #readDocument(): void {
    const body = parsed(this.#body.trim());
    // Google streams a list of events to those who do not ask for server-sent ones.
    for (const part of Array.isArray(body) ? body : [body]) {
      const isObject = typeof part === 'object' && part !== null;
      const failure = isObject ? errorOf(part, undefined) : unreadable(this.#body);
      this.#take(failure ? { failure } : this.#format.readWhole(part));
    }
  }

  #take(piece: Piece): void {
    if (piece.text) this.#report({ type: 'text', text: piece.text });
    this.#answer.add(piece);
  }
}

/** A JSON document or a page begins with its bracket, which no event stream does. */
function looksLikeStream(chunk: string): boolean | null {
  // Trimming takes a byte order mark away as well.
  const [first] = chunk.trimStart();
  return first === undefined ? null : !'{[<'.includes(first);
}

function errorOf(event: unknown, name: string | undefined): AttemptFailure | undefined {
  const { error, type } = fields<'error' | 'type'>(event);
  if (!error && type !== 'error' && name !== 'error') return undefined;
  return failureOfError(vendorError(event) ?? { message: JSON.stringify(event), names: [] });
}

function unreadable(data: string): AttemptFailure {
  return {
    kind: 'broken-stream',
    message: `The server answered with ${nameOf(data.trimStart())} where JSON is wanted: check the base URL`,
    evidence: data.slice(0, evidenceMaxLength),
  };
}

function nameOf(data: string): string {
  if (data === '') return 'nothing';
  return data.startsWith('<') ? 'a page' : 'text that is no JSON';
}
