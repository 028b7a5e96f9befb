import type { Usage } from './attempt.ts';
import type { CodeFile } from './candidate.ts';
import type { Synthesis } from './decision.ts';
import type { RunStatus } from './event.ts';
import type { FailureKind } from './failure.ts';
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

/** How the answer came about. */
export interface ResultMetadata {
  readonly runId: string;
  readonly status: RunStatus;
  /** The runner whose answer was chosen; null when there is none. */
  readonly chosen: string | null;
  readonly rule: string;
  readonly routeReason: string;
  readonly words: readonly string[];
  readonly substitutions: readonly Substitution[];
  /** How the candidates compared, one row for each primary. */
  readonly rankings: readonly {
    readonly model: string;
    readonly eligible: boolean;
    readonly agreement: number | null;
    readonly reason: string;
  }[];
  /** In architectural mode, with the runners' names in place of seats. */
  readonly synthesis: Synthesis | null;
  /** Whether the answers were played back from recordings. */
  readonly replay: boolean;
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
  /** Null when there was no answer to validate. */
  readonly validation: ValidationResult | null;
  /** Seconds. */
  readonly executionTime: number;
  readonly metadata: ResultMetadata;
}
