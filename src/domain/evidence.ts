import type { SeatId } from './plan.ts';
import type { SandboxFacts } from './sandbox-facts.ts';
import type { ScoreParts, TestWeight } from './selection.ts';
import type { Judgement } from './settlement.ts';
import type { Origin } from './test-case.ts';

/** One thing that every candidate was tried on. */
export interface EvidenceTest {
  /** `example-1`, `validator-2`, `generated-7`. */
  readonly id: string;
  readonly origin: Origin;
  /** The runner that wrote it; null for what no model wrote. */
  readonly author: string | null;
  /** The call, on one line. */
  readonly call: string;
  /** What is demanded, on one line; null for an input on which candidates are compared with each other alone. */
  readonly expected: string | null;
  /** How much the demand counts, from 0 to 1; null without one. */
  readonly weight: number | null;
  /** Why it counts so much; null without a demand. */
  readonly weightReason: TestWeight['because'] | null;
}

/**
 * What came of one test. With a demand `passed` or `failed`, else `value` or `raised`, or `differs` where the
 * chosen candidate does something else; and what can be said of neither.
 */
export type CellOutcome =
  | 'passed'
  | 'failed'
  | 'value'
  | 'raised'
  | 'differs'
  | 'timed-out'
  | 'crashed'
  | 'flaky'
  | 'not-run';

/** What one candidate did on one test. */
export interface EvidenceCell {
  readonly outcome: CellOutcome;
  /** What it gave, or why there is nothing, on one line. */
  readonly got: string;
}

/** What one planned primary did. */
export interface EvidenceRow {
  readonly model: string;
  readonly seat: SeatId;
  readonly status: 'ran' | 'not-run';
  /** Why it was not run; null where it was. */
  readonly because: string | null;
  /** One for each test, in the order of the tests; empty where it was not run. */
  readonly cells: readonly EvidenceCell[];
}

/** Candidates that nothing in the matrix tells apart, with the parts of their score. */
export interface EvidenceBehaviour extends ScoreParts {
  readonly models: readonly string[];
  readonly seats: readonly SeatId[];
  /** How many families of models stand behind it. */
  readonly families: number;
}

/** What one behaviour does on the input that separates it from the other. */
export interface EvidenceSide {
  readonly models: readonly string[];
  readonly seats: readonly SeatId[];
  /** The result, on one line. */
  readonly outcome: string;
}

/** What a model of another family said of the two results. */
export interface EvidenceJudgement {
  readonly status: Judgement['status'];
  /** The judge; null where none was asked. */
  readonly by: string | null;
  /** The place of the side that it named; null where it named none. */
  readonly side: 0 | 1 | null;
  readonly why: string;
}

/** An input on which the two leading behaviours part. */
export interface EvidenceSplit {
  /** The test that separates them. */
  readonly test: string;
  /** The call, on one line. */
  readonly input: string;
  readonly sides: readonly [EvidenceSide, EvidenceSide];
  readonly judgement: EvidenceJudgement;
}

/** An answer that was merged from the others. */
export interface EvidenceMerge {
  /** Who wrote it. */
  readonly by: string;
  readonly taken: boolean;
  readonly because: string;
  /** What it did on each test; empty where it was not run. */
  readonly cells: readonly EvidenceCell[];
}

/** What running the candidates showed: everything that a selection by execution rests on. */
export interface Evidence {
  /** The weakest sandbox that a candidate ran in. */
  readonly sandbox: SandboxFacts;
  readonly tests: readonly EvidenceTest[];
  /** Tests that candidates ran on and that are left out here, since there are too many. */
  readonly testsLeftOut: number;
  /** One row for each planned primary. */
  readonly matrix: readonly EvidenceRow[];
  /** Best first. */
  readonly behaviours: readonly EvidenceBehaviour[];
  /** Null where one behaviour is left. */
  readonly separating: EvidenceSplit | null;
  /** Null where none was written. */
  readonly merge: EvidenceMerge | null;
  /** Tests that models wrote and that were not used, by the reason. */
  readonly dropped: readonly { readonly because: string; readonly count: number }[];
}
