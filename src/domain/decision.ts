import type { CodeFile } from './candidate.ts';
import type { SeatId } from './plan.ts';
import type { SandboxFacts } from './sandbox-facts.ts';
import type { Selection, SelectionReason } from './selection.ts';

/** How one candidate fared in the comparison. */
export interface Ranking {
  readonly seat: SeatId;
  /** Whether it is of the best class: parses, while another does not. */
  readonly eligible: boolean;
  /** Mean similarity with the other eligible candidates, 0 to 1; null when there is no other. */
  readonly agreement: number | null;
  /** One sentence for a person. */
  readonly reason: string;
}

/** A statement of a design, and the seats that made it. */
export interface Point {
  readonly text: string;
  readonly seats: readonly SeatId[];
}

/** Two statements about one subject that cannot both be followed. */
export interface Contradiction {
  readonly subject: string;
  readonly sides: readonly [Point, Point];
}

/** What several perspectives on a design have in common and where they part. */
export interface Synthesis {
  readonly agreements: readonly Point[];
  readonly contradictions: readonly Contradiction[];
  readonly unique: readonly Point[];
}

/** What decided: nothing to choose from, the text of the answers, what they do when they are run, or a judge. */
export type DecisionRule =
  | 'none'
  | 'only-one'
  | 'only-one-parsed'
  | 'agreement'
  | 'preference'
  | Exclude<SelectionReason, 'no-candidate' | 'only-candidate'>
  | 'judged'
  | 'merged';

/** The one table of what each rule means, in words that follow the name of the chosen model and a colon. */
export const decisionRules: Readonly<Record<DecisionRule, string>> = {
  none: 'no answer to choose from',
  'only-one': 'the only answer',
  'only-one-parsed': 'the only answer that parses',
  agreement: 'closest to the other answers',
  preference: 'first in the order of preference',
  checks: 'passes more checks than the others',
  'user-tests': 'meets more of your tests than the others',
  examples: 'meets more examples of the task than the others',
  score: 'tests and other answers speak for what it does',
  strength: 'nothing that was run decides, and its model is the stronger one',
  size: 'nothing that was run decides, and it is the shortest',
  program: 'nothing tells the leading answers apart',
  'one-behaviour': 'the simplest of answers that behave alike',
  judged: 'a judge named its result as what the task demands',
  merged: 'merged from the others, and passes more than any of them',
};

/** How far running the chosen answer speaks for it. */
export interface Verification {
  /**
   * `verified`: it passes everything that the person and the task show. `partly`: it passes tests of models
   * alone. `self-reported`: it passes checks that it could have bent. `contradicted`: it fails something shown.
   */
  readonly status: 'verified' | 'partly' | 'self-reported' | 'contradicted' | 'unverified';
  /** One sentence. */
  readonly because: string;
  /** What it was run in; null when nothing was run. */
  readonly sandbox: SandboxFacts | null;
}

/** Which answer was chosen, and what was compared. */
export interface Decision {
  /** Null when no answer is left to choose. */
  readonly chosen: SeatId | null;
  readonly rule: DecisionRule;
  /** One row for each primary seat, in the order of the plan. */
  readonly rankings: readonly Ranking[];
  readonly files: readonly CodeFile[];
  readonly prose: string;
  /** What was compared and why this one, in a few sentences. */
  readonly explanation: string;
  readonly verification: Verification;
  /** The arithmetic of the choice; null where nothing was run. */
  readonly selection: Selection | null;
  /** Only in architectural mode. */
  readonly synthesis: Synthesis | null;
}
