import type { Usage } from './attempt.ts';
import type { Prompt } from './runner.ts';

/** A whole answer, as it was when the model was asked. */
export interface CachedAnswer {
  readonly text: string;
  /** The model that answered, as the vendor said; null where it did not. */
  readonly model: string | null;
  readonly usage: Usage | null;
  /** US dollars; null when unknown. */
  readonly costUsd: number | null;
}

/** The answers that one runner gave before. Nothing of it rejects: without a cache the model is asked. */
export interface AnswerCache {
  /** Finds the answer to the same prompt with the same number of the repetition; undefined where there is none. */
  find(prompt: Prompt, repeat: number): Promise<CachedAnswer | undefined>;
  /** Keeps a whole answer, if it can. */
  keep(prompt: Prompt, repeat: number, answer: CachedAnswer): Promise<void>;
}
