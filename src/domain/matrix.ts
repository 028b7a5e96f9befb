/** What a program did with one input. Only a value can agree with another or pass a test. */
export type Outcome =
  | {
      readonly kind: 'value';
      /** The canonical form of the value: equal keys mean equal values. */
      readonly key: string;
    }
  | {
      readonly kind: 'raised';
      /** The kind of exception, without its message. */
      readonly error: string;
    }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'crashed' }
  /** Two runs differed, so that neither is compared. */
  | { readonly kind: 'flaky' }
  | { readonly kind: 'not-run'; readonly because: string };

/** Where an input or a test comes from. */
export type EvidenceSource = 'user' | 'example' | 'validator' | 'generated';

/** One call that every candidate is given. It may carry no test, one, or several that contradict. */
export interface MatrixInput {
  readonly id: string;
  readonly source: EvidenceSource;
}

/** A claim about the value of one input. Claims of models are often wrong. */
export interface MatrixTest {
  readonly id: string;
  /** The place of the input in `inputs`. */
  readonly input: number;
  /** The key of the value that is claimed to be right. */
  readonly expected: string;
  readonly source: EvidenceSource;
  /** Whether a program with an empty body passes too. */
  readonly stubPasses: boolean;
}

/** One row of the matrix: a program, and what is known of its author. */
export interface MatrixCandidate {
  /** Names the row. No decision depends on it. */
  readonly id: string;
  /** The family of models that wrote it. All candidates of a family share one vote. */
  readonly family: string;
  /** The share of such tasks that its model is expected to solve, from 0 to 1; null when unknown. */
  readonly strength: number | null;
  /** The key of the normalised program: candidates with equal keys are one program. */
  readonly program: string;
  /** Length of the program, in any unit that is the same for all rows. */
  readonly size: number;
  /** The user's own checks. `total` is 0 when none ran. */
  readonly checks: { readonly passed: number; readonly total: number };
}

/** What every candidate did with every input; all that a selection may look at. */
export interface Matrix {
  readonly candidates: readonly MatrixCandidate[];
  readonly inputs: readonly MatrixInput[];
  readonly tests: readonly MatrixTest[];
  /** By candidate, then by input. */
  readonly outcomes: readonly (readonly Outcome[])[];
}
