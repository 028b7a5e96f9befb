import type { Spared, Usage } from './attempt.ts';
import type { BudgetKind } from './budget.ts';
import type { CodeFile } from './candidate.ts';
import type { DecisionRule, Synthesis, Verification } from './decision.ts';
import type { RunStatus } from './event.ts';
import type { Evidence } from './evidence.ts';
import type { FailureKind } from './failure.ts';
import type { RouteLearning } from './learning.ts';
import type { Mode } from './mode.ts';
import type { Role, SeatId, Substitution } from './plan.ts';
import type { Finding, ReviewCode } from './validation.ts';
import type { Check } from './verdict.ts';

/** What one planned model brought. */
export interface ModelOutput {
  /** The runner's name: `claude-code`. */
  readonly model: string;
  readonly seat: SeatId;
  readonly role: Role;
  readonly success: boolean;
  /** The main code of the answer; empty without code, and for validators. */
  readonly code: string;
  readonly rawOutput: string;
  /** What failed and the remedy, in one line; null when nothing did. */
  readonly error: string | null;
  readonly failureKind: FailureKind | null;
  /** The start of what came back when its shape was not known. */
  readonly evidence: string | null;
  /** Seconds. */
  readonly executionTime: number;
  readonly files: readonly CodeFile[];
  readonly language: string | null;
  /** Requests made, the retried ones included. */
  readonly attempts: number;
  readonly usage: Usage | null;
  /** US dollars; null when unknown. */
  readonly cost: number | null;
  /** The model that really answered, as the vendor says; null where it does not. */
  readonly answeredBy: string | null;
  /** Whether the model was asked for it, or it is of the cache, or of a cassette that is played. */
  readonly source: 'model' | 'cache' | 'cassette';
  /** What an answer of the cache took when its model was asked; null for any other. */
  readonly spared: Spared | null;
  readonly checks: readonly Check[];
}

/** A validator's remark, with the validator's name. */
export interface ValidatorFinding extends Finding {
  readonly model: string;
}

/** What the validators and the evidence say about the chosen answer. */
export interface ValidationResult {
  readonly needsHumanReview: boolean;
  readonly reviewReasons: readonly {
    readonly code: ReviewCode;
    readonly message: string;
    readonly models: readonly string[];
    /** What was seen, such as an input with two results. */
    readonly witness: string;
  }[];
  readonly findings: readonly ValidatorFinding[];
  /** One row for each validator seat. */
  readonly reviews: readonly {
    readonly model: string;
    readonly verdict: 'accept' | 'revise' | 'reject' | null;
    /** What the validator says in short, or why there is no review. */
    readonly summary: string;
  }[];
}

/** A budget that held for the run, and where it stood at the end. */
export interface ResultBudget {
  readonly kind: BudgetKind;
  /** The run, the batch, the folder of the project, or the day. */
  readonly name: string;
  /** US dollars; null for no limit. */
  readonly maxCost: number | null;
  readonly maxTokens: number | null;
  /** US dollars that everybody who shares it has spent, as far as prices are known. */
  readonly cost: number;
  readonly tokens: number;
  /** How many requests are not in `cost`, since they have no known price. */
  readonly unpriced: number;
}

/** What the run used, with every retry, test, judge and merge, and the budgets that held for it. */
export interface ResultSpending {
  /** US dollars; null where a part of it has no known price. */
  readonly cost: number | null;
  /** US dollars of the part whose price is known. */
  readonly knownCost: number;
  /** Tokens of prompts and answers together. */
  readonly tokens: number;
  /** Whether a part of it was not told by a vendor, and is counted by the length of texts. */
  readonly estimated: boolean;
  /** The models that were asked and whose price is not known. */
  readonly unpriced: readonly string[];
  readonly budgets: readonly ResultBudget[];
}

/** How the answer came about. */
export interface ResultMetadata {
  readonly runId: string;
  readonly status: RunStatus;
  /** The runner whose answer was chosen; null when there is none. */
  readonly chosen: string | null;
  /** Its seat, which tells several answers of one model apart. */
  readonly chosenSeat: SeatId | null;
  readonly rule: DecisionRule;
  readonly routeReason: string;
  /** How runs of the past took part in the route; null where it was not to go by them. */
  readonly learning: RouteLearning | null;
  readonly words: readonly string[];
  readonly substitutions: readonly Substitution[];
  /** How the candidates compared, one row for each primary. */
  readonly rankings: readonly {
    readonly model: string;
    readonly eligible: boolean;
    readonly agreement: number | null;
    readonly reason: string;
    /** From 1 for the chosen one; null where nothing was run, and for an answer without code. */
    readonly rank: number | null;
    /** The place of its behaviour in `evidence.behaviours`; null when it was never run. */
    readonly behaviour: number | null;
    /** The score of its behaviour; null when it was never run. */
    readonly score: number | null;
  }[];
  /** In architectural mode, with the runners' names in place of seats. */
  readonly synthesis: Synthesis | null;
  /** Whether the answers were played back from recordings. */
  readonly replay: boolean;
}

/** How far running the chosen answer speaks for it. */
export interface ResultVerification {
  readonly status: Verification['status'];
  /** One sentence. */
  readonly because: string;
  /** What would let it be verified; null where nothing is known to. */
  readonly remedy: string | null;
}

/** The answer to a task, with everything that it rests on. */
export interface OrchestratorResult {
  readonly task: string;
  readonly mode: Mode;
  readonly category: string;
  /** The chosen code; for an answer without code, its text; empty when there is no answer. */
  readonly consensusCode: string;
  readonly explanation: string;
  readonly files: readonly CodeFile[];
  /** One row for each planned model: the primaries, then the validators. */
  readonly outputs: readonly ModelOutput[];
  /** Whether the chosen answer was verified by running it. */
  readonly verification: ResultVerification;
  /** What running the answers showed; null where none was run. */
  readonly evidence: Evidence | null;
  /** Null when there was no answer to validate. */
  readonly validation: ValidationResult | null;
  /** Seconds. */
  readonly executionTime: number;
  readonly spending: ResultSpending;
  readonly metadata: ResultMetadata;
}
