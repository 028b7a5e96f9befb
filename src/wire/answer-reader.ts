import type { AttemptFailure } from '../domain/failure.ts';
import type { Outcome, Progress } from '../domain/runner.ts';
import { repeatsName } from '../lib/repeats-name.ts';
import { type SseReader, sseReader } from '../lib/sse-reader.ts';
import { isTroubleName, troubleField } from '../lib/trouble-words.ts';
import { failureOfError } from './failure-of-error.ts';
import { GatheredAnswer } from './gathered-answer.ts';
import { fields, parsed } from './json.ts';
import { unknownAnswer } from './unknown-answer.ts';
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
  /** The first event that ended the answer in an unknown way. */
  #odd = '';

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
    if (outcome.status === 'answered') return outcome;
    if (outcome.failure.kind === 'unknown') return withEvidence(outcome.failure, this.#odd);
    if (this.#answer.length > 0) return outcome;
    return outcome.failure.kind === 'broken-stream'
      ? withEvidence(outcome.failure, this.#body)
      : outcome;
  }

  #readEvent(data: string, name: string | undefined): void {
    if (this.#answer.isOver || data === '') return;
    if (data === '[DONE]') {
      this.#answer.add({ last: true });
      return;
    }
    const event = parsed(data);
    const failure =
      event === undefined ? unreadable(data) : faultOf(event, { json: data, value: event, name });
    const piece = failure ? { failure } : this.#format.readEvent(event);
    this.#take(piece, troubleOf(event, name), data);
  }

  #readDocument(): void {
    const body = parsed(this.#body.trim());
    // Google streams a list of events to those who do not ask for server-sent ones.
    for (const part of Array.isArray(body) ? body : [body]) {
      const isObject = typeof part === 'object' && part !== null;
      const said = { json: this.#body, value: body, name: undefined };
      const failure = isObject ? faultOf(part, said) : unreadable(this.#body);
      const piece = failure ? { failure } : this.#format.readWhole(part);
      this.#take(piece, troubleOf(part, undefined), this.#body);
    }
  }

  /** The format's own word of a bad end says it better than the name of an event or a field. */
  #take(piece: Piece, trouble: string | undefined, json: string): void {
    if (piece.finish?.meaning === 'unknown' && this.#odd === '') this.#odd = json;
    if (piece.text) this.#report({ type: 'text', text: piece.text });
    const isTold = piece.failure || (piece.finish && piece.finish.meaning !== 'complete');
    const failure = isTold || trouble === undefined ? undefined : unknownAnswer(trouble, json);
    this.#answer.add(failure ? { ...piece, failure } : piece);
  }
}

/** A JSON document or a page begins with its bracket, which no event stream does. */
function looksLikeStream(chunk: string): boolean | null {
  // Trimming takes a byte order mark away as well.
  const [first] = chunk.trimStart();
  return first === undefined ? null : !'{[<'.includes(first);
}

function withEvidence(failure: AttemptFailure, found: string): Outcome {
  const evidence = failure.evidence ?? found.slice(0, evidenceMaxLength);
  return { status: 'failed', failure: evidence === '' ? failure : { ...failure, evidence } };
}

/** An event or a document as it came, its value, and the name of the event. */
interface Said {
  readonly json: string;
  readonly value: unknown;
  readonly name: string | undefined;
}

/** Why a value in what was said is no part of an answer. */
function faultOf(part: unknown, { json, value, name }: Said): AttemptFailure | undefined {
  const error = errorOf(part, name);
  if (error) return error;
  if (part === null) return undefined;
  if (typeof part !== 'object' || Array.isArray(part)) {
    return unknownAnswer('an event that is no object', json);
  }
  return repeatsName(json, value)
    ? unknownAnswer('an object with one name twice', json)
    : undefined;
}

/** What of an event sounds as if the answer had come to a bad end, so that it is no mere notice. */
function troubleOf(event: unknown, name: string | undefined): string | undefined {
  const type = [fields<'type'>(event).type, name].find(isTroubleName);
  if (type !== undefined) return `an event "${type.slice(0, 100)}"`;
  const field = troubleField(event);
  return field === undefined ? undefined : `a field "${field.slice(0, 100)}"`;
}

function errorOf(event: unknown, name: string | undefined): AttemptFailure | undefined {
  const { error, type } = fields<'error' | 'type'>(event);
  const isError = error || type === 'error' || name === 'error';
  const found = vendorError(event);
  if (!isError && (!found || type !== undefined)) return undefined;
  return failureOfError(found ?? { message: JSON.stringify(event), names: [] });
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
