import type { IncomingHttpHeaders } from 'node:http';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Outcome, Progress } from '../domain/runner.ts';
import type { HttpReceiver } from '../lib/http-client.ts';
import { AnswerReader } from './answer-reader.ts';
import { failureOfResponse } from './failure-of-response.ts';
import type { WireFormat } from './wire-format.ts';

/** Characters of an error body, at most; what comes after them says nothing more. */
const errorBodyMaxLength = 65_536;

/** Reads one response, the good and the bad. */
export class ResponseReader implements HttpReceiver {
  readonly #answer: AnswerReader;
  readonly #report: (progress: Progress) => void;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #errorBody = '';

  constructor(format: WireFormat, report: (progress: Progress) => void) {
    this.#answer = new AnswerReader(format, report);
    this.#report = report;
  }

  head(status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  text(chunk: string): 'more' | 'enough' {
    if (this.#isGood()) return this.#answer.text(chunk);
    this.#report({ type: 'activity' });
    this.#errorBody += chunk;
    return this.#errorBody.length < errorBodyMaxLength ? 'more' : 'enough';
  }

  /** What the response came to; `nowMs` is the time since the epoch. */
  outcome(nowMs: number): Outcome {
    if (this.#isGood()) return this.#compressed() ?? this.#answer.outcome();
    const [status, headers, body] = [this.#status, this.#headers, this.#errorBody];
    return { status: 'failed', failure: failureOfResponse({ status, headers, body, nowMs }) };
  }

  #isGood(): boolean {
    return this.#status >= 200 && this.#status < 300;
  }

  #compressed(): Outcome | undefined {
    const encoding = this.#headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return undefined;
    const failure: AttemptFailure = {
      kind: 'broken-stream',
      message: `The server compressed its answer (${encoding}), which was not asked for`,
      status: this.#status,
    };
    return { status: 'failed', failure };
  }
}
