import type { Usage } from '../domain/attempt.ts';
import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import type { Outcome } from '../domain/runner.ts';
import type { Finish, Piece } from './wire-format.ts';

/** Gathers the pieces of one answer. Only an answer that the vendor called finished is one. */
export class GatheredAnswer {
  #text = '';
  #wholeText = '';
  #id: string | undefined;
  #model: string | undefined;
  #usage: Usage | undefined;
  #costUsd: number | undefined;
  #finish: Finish | undefined;
  #failure: AttemptFailure | undefined;
  #isOver = false;

  /** Characters of the answer so far. */
  get length(): number {
    return this.#text.length;
  }

  /** Whether nothing that follows matters. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Adds a piece; the first bad end is kept, whatever follows. */
  add(piece: Piece): void {
    if (piece.last || piece.failure) this.#isOver = true;
    if (this.#isAnew(piece)) this.#failure ??= begunAnew;
    this.#id ??= piece.id;
    if (piece.text) this.#addText(piece.text);
    this.#wholeText = piece.wholeText ?? this.#wholeText;
    this.#model ??= piece.model;
    this.#costUsd = piece.costUsd ?? this.#costUsd;
    this.#failure ??= piece.failure;
    if (piece.usage) this.#usage = laterUsage(this.#usage, piece.usage);
    if (!this.#finish || this.#finish.meaning === 'complete')
      this.#finish = piece.finish ?? this.#finish;
  }

  /** Behind the end of an answer there is no more of it, so that it was no end. */
  #addText(text: string): void {
    this.#text += text;
    if (this.#finish?.meaning === 'complete') this.#finish = undefined;
  }

  /** Some tell the answer at its end alone. */
  get #said(): string {
    return this.#text === '' ? this.#wholeText : this.#text;
  }

  /** What came of the first one is no part of the second. */
  #isAnew({ begins, id = this.#id }: Piece): boolean {
    return this.#text !== '' && (begins === true || id !== (this.#id ?? id));
  }

  /** What the pieces come to. */
  outcome(): Outcome {
    const failure = this.#failure ?? this.#lack();
    if (failure) return { status: 'failed', failure };
    return {
      status: 'answered',
      text: this.#said,
      model: this.#model ?? null,
      usage: this.#usage ?? null,
      costUsd: this.#costUsd ?? null,
    };
  }

  #lack(): AttemptFailure | undefined {
    const text = this.#said;
    const { length } = text;
    const finish = this.#finish;
    if (!finish)
      return {
        kind: 'broken-stream',
        message: `The answer ended after ${length} characters without its finish marker`,
      };
    if (finish.meaning !== 'complete') return badEnd(finish.meaning, finish.reason, length);
    if (this.#wholeText !== '' && this.#wholeText !== text) return pieceLost;
    if (!text.isWellFormed()) return halfCharacter;
    if (text.trim() !== '') return undefined;
    return { kind: 'empty-answer', message: `The model ended without text (${finish.reason})` };
  }
}

const begunAnew: AttemptFailure = {
  kind: 'broken-stream',
  message: 'The answer broke off and was begun anew',
};
const pieceLost: AttemptFailure = {
  kind: 'broken-stream',
  message: 'The answer at the end is another one than its pieces',
};
const halfCharacter: AttemptFailure = {
  kind: 'broken-stream',
  message: 'The answer has half a character in it',
};

function badEnd(kind: FailureKind, reason: string, length: number): AttemptFailure {
  if (kind === 'output-too-long')
    return { kind, message: `The answer was cut at ${length} characters (${reason})` };
  if (kind === 'refused') return { kind, message: `The model did not answer (${reason})` };
  return { kind, message: `The answer stopped after ${length} characters (${reason})` };
}

/** Vendors count on while they answer: what is said later holds, and what is not said again stays. */
function laterUsage(before: Usage | undefined, usage: Usage): Usage {
  return {
    inputTokens: usage.inputTokens ?? before?.inputTokens ?? null,
    outputTokens: usage.outputTokens ?? before?.outputTokens ?? null,
  };
}
