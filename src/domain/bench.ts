/** How a bench names a way to choose: `random`, `ours`, `single:NAME` for each model. */
export type BenchRuleName =
  | 'random'
  | 'majority'
  | 'examples-then-stronger'
  | 'codet'
  | 'mbr'
  | 'ours'
  | 'oracle'
  | `single:${string}`;

/** What one way to choose came to. */
export interface BenchRow {
  readonly rule: BenchRuleName;
  /** The mean over tasks of the chance that the chosen candidate is right, from 0 to 1. */
  readonly pass_rate: number;
  /** The ends of the 95 % interval: the percentile bootstrap over tasks. */
  readonly low: number;
  readonly high: number;
  /** Tasks that the rate is the mean over: for a single model those that it answered. */
  readonly tasks: number;
  /** Answers of models for each task that the rule looks at, on average. */
  readonly answers: number;
  /** Whether it runs the candidates. */
  readonly runs_code: boolean;
}

/** A line of a pool that was not used. */
export interface BadLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly because: string;
}

/** What a bench measured. */
export interface BenchReport {
  readonly rows: readonly BenchRow[];
  readonly tasks: number;
  /** Panels over all tasks. */
  readonly panels: number;
  /** Candidates in all pools that were used. */
  readonly candidates: number;
  /** Different programs that were run, and the calls that were made on them, repeats included. */
  readonly programs: number;
  readonly calls: number;
  readonly seconds: number;
  /** Tasks with an example that was read, and with inputs made. */
  readonly tasks_with_examples: number;
  readonly tasks_with_inputs: number;
  /** Candidates that could neither be looked up nor run on the hidden tests; they count as wrong. */
  readonly unscored: number;
  readonly interval: 'bootstrap over tasks, 95 %';
  /** Where strengths come from. */
  readonly prior: 'none' | 'given' | 'learned' | 'visible';
  readonly sandbox: string | null;
  readonly bad_lines: readonly BadLine[];
  /** False when it was cancelled; the figures are those of the tasks that were done. */
  readonly is_whole: boolean;
}

/** What came of one panel of one task, for those who look into a figure. */
export interface BenchDetail {
  readonly task: string;
  readonly panel: readonly string[];
  /** By rule, the chance of a right choice. */
  readonly passed: Readonly<Record<string, number>>;
  /** The candidate that ours chose, and what decided it. */
  readonly chosen: string | null;
  readonly reason: string;
  readonly examples: number;
  readonly tests: number;
  readonly inputs: number;
}

/** How far a bench is. */
export interface BenchProgress {
  readonly done: number;
  readonly tasks: number;
  readonly programs: number;
}
