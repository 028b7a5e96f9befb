/** A kind of task, the words that show it, and the runners that serve it, best first. */
export interface Category {
  readonly name: string;
  /** Matched as whole words, singular or plural, in any case. */
  readonly keywords: readonly string[];
  readonly primaries: readonly string[];
  readonly validators: readonly string[];
}
