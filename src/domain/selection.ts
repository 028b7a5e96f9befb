import type { Outcome } from './matrix.ts';

/** What tells the chosen candidate from the best one that behaves differently. */
export type SelectionReason =
  | 'no-candidate'
  | 'only-candidate'
  | 'one-behaviour'
  | 'checks'
  | 'user-tests'
  | 'examples'
  | 'score'
  | 'strength'
  | 'size'
  | 'program';

/** The parts of a score, all of them properties of what a candidate does. */
export interface ScoreParts {
  /** Tests of the user that pass. */
  readonly userTests: number;
  /** Examples in the task that pass. */
  readonly examples: number;
  /** The largest share of one family's programs that behave exactly so, from 0 to 1. */
  readonly consistency: number;
  /** The share of weighed votes that bring the same value, averaged over the inputs, from 0 to 1. */
  readonly agreement: number;
  /** The sum of the weights of the models' tests that pass. */
  readonly tests: number;
  /** sqrt(consistency) x agreement x (1 + tests). */
  readonly score: number;
}

/** Candidates that nothing in the matrix tells apart. */
export interface Behaviour extends ScoreParts {
  /** Identifiers of the candidates, in the order of the matrix. */
  readonly members: readonly string[];
  /** How many families stand behind it. */
  readonly families: number;
}

/** How one candidate fared. Each candidate of the matrix has one row, in the order of the matrix. */
export interface SelectionRow extends ScoreParts {
  readonly candidate: string;
  /** The place of its behaviour in `behaviours`; null when it was never run. */
  readonly behaviour: number | null;
  /** The share of the user's checks that it passes, from 0 to 1. */
  readonly checks: number;
  /** From 1 for the chosen one. */
  readonly rank: number;
}

/** How much a test counts, and why it counts for nothing when it does. */
export interface TestWeight {
  readonly test: string;
  /** From 0 to 1; 1 for what the user or the task shows. */
  readonly weight: number;
  readonly because:
    | 'shown'
    | 'weighed'
    | 'repeated'
    | 'separates-nothing'
    | 'stub-passes'
    | 'contradicted';
}

/** An input on which the two best behaviours differ. */
export interface SeparatingInput {
  readonly input: string;
  readonly chosen: Outcome;
  readonly other: Outcome;
}

/** Which candidate a matrix speaks for, with every number that led to it. */
export interface Selection {
  /** Null only when there is no candidate. */
  readonly chosen: string | null;
  readonly reason: SelectionReason;
  /** Best first. */
  readonly behaviours: readonly Behaviour[];
  readonly rows: readonly SelectionRow[];
  /** In the order of the matrix. */
  readonly tests: readonly TestWeight[];
  /** How far the next behaviour's score is below the chosen one's, from 0 to 1; 1 without a next. */
  readonly margin: number;
  /** Null when no input tells the two best behaviours apart. */
  readonly separating: SeparatingInput | null;
  /** Families whose candidates ran. */
  readonly familiesRun: number;
}
