import type { Attempt } from './attempt.ts';
import type { BudgetLimit, BudgetStanding } from './budget.ts';
import type { Decision } from './decision.ts';
import type { AttemptFailure } from './failure.ts';
import type { Merge } from './merge.ts';
import type { Observed } from './observed.ts';
import type { Plan, SeatId } from './plan.ts';
import type { Doing } from './runner.ts';
import type { Limits } from './settings.ts';
import type { Settlement } from './settlement.ts';
import type { Suite } from './suite.ts';
import type { Task } from './task.ts';
import type { Review, Validation } from './validation.ts';
import type { Verdict } from './verdict.ts';

/** How a run ended. `degraded`: an answer, though a planned model failed. */
export type RunStatus = 'complete' | 'degraded' | 'failed' | 'cancelled';

/** The work that is done once in a run, by the event that records it. */
export interface OnceValues {
  readonly 'plan-made': Plan;
  readonly 'suite-made': Suite;
  /** Null where no two behaviours are left. */
  readonly 'settlement-made': Settlement | null;
  /** Null where no merge was tried. */
  readonly 'merge-made': Merge | null;
  readonly 'decision-made': Decision;
  readonly 'validation-made': Validation;
}

/** Where an adaptive run stands when one more answer is in hand. */
export interface Standing {
  /** Whether the answers in hand settle the decision, whatever the seats that are left would bring. */
  readonly isEnough: boolean;
}

/** The work that is done once for a seat, by the event that records it. */
export interface SeatValues {
  readonly 'attempt-ended': Attempt;
  /** A validator asked for tests. */
  readonly 'tests-ended': Attempt;
  readonly 'verdict-given': Verdict;
  readonly 'candidate-observed': Observed;
  /** A validator asked for an input that separates two candidates. */
  readonly 'inputs-ended': Attempt;
  /** A judge asked which of two results the task demands. */
  readonly 'judgement-ended': Attempt;
  /** The same judge, with the results in the other order. */
  readonly 'rejudgement-ended': Attempt;
  /** With the answer of this seat in hand, whether the others can still change the decision. */
  readonly 'standing-weighed': Standing;
  /** A primary asked for a merged answer. */
  readonly 'merge-ended': Attempt;
  /** The merged answer checked as any answer is. */
  readonly 'merge-verified': Verdict;
  /** The merged answer run as any answer is. */
  readonly 'merge-observed': Observed;
  /** A validator asked once more, for a reply that can be read. */
  readonly 'reattempt-ended': Attempt;
  readonly 'review-given': Review;
}

type OnceEvent = {
  readonly [Type in keyof OnceValues]: { readonly type: Type; readonly value: OnceValues[Type] };
}[keyof OnceValues];

type SeatEvent = {
  readonly [Type in keyof SeatValues]: {
    readonly type: Type;
    readonly seat: SeatId;
    readonly value: SeatValues[Type];
  };
}[keyof SeatValues];

/** What a run's history consists of: enough to show it, and to go on with it. */
export type StoredEvent =
  | {
      readonly type: 'run-started';
      readonly task: Task;
      /** The budget of this run alone; undefined for none. */
      readonly budget?: BudgetLimit | undefined;
      /** What it was asked with in place of the settings' own; undefined for nothing. */
      readonly limits?: Partial<Limits> | undefined;
    }
  | OnceEvent
  | SeatEvent
  /** A process went on with the run of another one that had been ended. */
  | {
      readonly type: 'run-resumed';
      /** In place of the budget that the run had. */
      readonly budget?: BudgetLimit | undefined;
      /** In place of the limits that the run was asked with. */
      readonly limits?: Partial<Limits> | undefined;
    }
  | {
      readonly type: 'run-ended';
      readonly status: RunStatus;
      /** Where every budget stood that held for the run; undefined where none did. */
      readonly budgets?: readonly BudgetStanding[] | undefined;
    };

/** What is only worth seeing while it happens. */
export type PassingEvent =
  | { readonly type: 'attempt-started'; readonly seat: SeatId; readonly runner: string }
  | { readonly type: 'text-arrived'; readonly seat: SeatId; readonly text: string }
  | {
      /** Told when it changes, and not at every sign of life. */
      readonly type: 'progress-made';
      readonly seat: SeatId;
      /** Null where only tokens are known. */
      readonly doing: Doing | null;
      /** Tokens of the answer so far; null where they are not told. */
      readonly outputTokens: number | null;
    }
  | {
      readonly type: 'try-failed';
      readonly seat: SeatId;
      /** Which request it was, from 1. */
      readonly tries: number;
      readonly failure: AttemptFailure;
      /** Milliseconds until the next request. */
      readonly waitMs: number;
    };

/** Everything that a run says; `atMs` is the time since the epoch. */
export type RunEvent = (StoredEvent | PassingEvent) & { readonly atMs: number };
