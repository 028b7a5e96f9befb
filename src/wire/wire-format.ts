import type { Usage } from '../domain/attempt.ts';
import type { AttemptFailure, FailureKind } from '../domain/failure.ts';
import type { Prompt } from '../domain/runner.ts';

/** A prompt for one model. */
export interface WireQuestion extends Prompt {
  readonly model: string;
  readonly maxOutputTokens: number | undefined;
}

/** A request in a vendor's words. */
export interface WireRequest {
  /** Added to the base URL. */
  readonly path: string;
  readonly body: string;
}

/** How a vendor wants to be asked, and how its answers read. Pure. */
export interface WireFormat {
  /** The headers that carry the key. */
  readonly keyHeaders: (key: string) => Readonly<Record<string, string>>;
  /** Sent with every request, besides the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly request: (question: WireQuestion) => WireRequest;
  /** Reads one event of a stream; errors are read elsewhere, as they look alike everywhere. */
  readonly readEvent: (event: unknown) => Piece;
  /** Reads a whole answer, from a server that does not stream. */
  readonly readWhole: (body: unknown) => Piece;
}

/** What one event adds to an answer. */
export interface Piece {
  /** Whether an answer begins here. */
  readonly begins?: boolean;
  /** The id of the answer that it belongs to, where all its pieces have the same. */
  readonly id?: string | undefined;
  readonly text?: string | undefined;
  /** The text of the whole answer, where its end repeats it. */
  readonly wholeText?: string | undefined;
  readonly model?: string | undefined;
  readonly usage?: Usage | undefined;
  readonly costUsd?: number | undefined;
  readonly finish?: Finish | undefined;
  /** Whether nothing follows that matters. */
  readonly last?: boolean;
  readonly failure?: AttemptFailure | undefined;
}

/** That the model ended its answer, in the vendor's word and in ours. */
export interface Finish {
  readonly reason: string;
  readonly meaning: FailureKind | 'complete';
}
