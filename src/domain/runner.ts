import type { Usage } from './attempt.ts';
import type { Availability, Probe, ProbeContext } from './availability.ts';
import type { AttemptFailure } from './failure.ts';

/** What a model is told. */
export interface Prompt {
  /** The standing instruction. */
  readonly system: string;
  /** The task with its context. */
  readonly text: string;
}

/** What a model is known to do before there is text: it has the task, it reasons, it does something else. */
export type Doing = 'started' | 'thinking' | 'working';

/** What a runner reports while it works. Text starts the stall clock, and every report holds it back. */
export type Progress =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'activity';
      /** Undefined for a mere sign of life. */
      readonly doing?: Doing | undefined;
      /** Tokens of the answer so far, its thoughts included, where they are told. */
      readonly outputTokens?: number | undefined;
    };

/** What a runner is given for one request. */
export interface AskContext {
  /**
   * Aborts when the run is cancelled, the time is up or the stream stalls, with the failure as its reason. The
   * runner ends everything it started.
   */
  readonly signal: AbortSignal;
  /** Milliseconds until `signal` aborts for lack of time. */
  readonly limitMs: number;
  /** Which of the equal requests of a run it is, from 1, and 1 unless said: samples are asked with the same prompt. */
  readonly repeat?: number | undefined;
  readonly report: (progress: Progress) => void;
}

/** A whole answer. Half an answer is a failure. */
export interface RunnerAnswer {
  readonly status: 'answered';
  readonly text: string;
  readonly model?: string | null | undefined;
  readonly usage?: Usage | null | undefined;
  readonly costUsd?: number | null | undefined;
}

/** What one request came to. */
export type Outcome =
  | RunnerAnswer
  | { readonly status: 'failed'; readonly failure: AttemptFailure };

/** A way to ask one model. Never rejects: an expected failure is an outcome, and so is an abort. */
export interface Runner {
  readonly name: string;
  /** Whether text arrives as it is written, rather than at the end. */
  readonly streaming: boolean;
  /** Tells whether it can be asked here, in well under a second, asking no model. */
  available(): Promise<Availability>;
  /** Sends one request. Retrying is not its work. */
  ask(prompt: Prompt, context: AskContext): Promise<Outcome>;
  /** A cheap check for `doctor`; without it `available()` is all that is known. */
  probe?(context: ProbeContext): Promise<Probe>;
}
