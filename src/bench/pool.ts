import type { BadLine } from '../domain/bench.ts';

/** One recorded answer. */
export interface PoolSample {
  readonly model: string;
  readonly index: number;
  /** The answer as the model gave it; null where only its code is known. */
  readonly rawOutput: string | null;
  readonly code: string | null;
  /** Whether `code` is right; null where nobody has run it. */
  readonly passes: boolean | null;
}

/** A test that a model wrote, and how often. */
export interface RecordedTest {
  readonly test: string;
  readonly count: number;
}

/** One task with its recorded answers. */
export interface PoolTask {
  readonly id: string;
  readonly language: string | null;
  readonly prompt: string;
  readonly entryPoint: string | null;
  /** As recorded: source text, or samples of input and output. Read for scoring only, never for choosing. */
  readonly hiddenTests: unknown;
  /** As recorded: assertions, snippets, or samples of input and output; what the task shows. */
  readonly visibleTests: unknown;
  readonly generatedTests: readonly RecordedTest[];
  readonly samples: readonly PoolSample[];
}

/** Recorded answers, by task. */
export interface Pool {
  readonly tasks: readonly PoolTask[];
  readonly badLines: readonly BadLine[];
}
