import type { Attempt } from './attempt.ts';
import type { BudgetStanding, Spending } from './budget.ts';
import type { Candidate } from './candidate.ts';
import type { Decision } from './decision.ts';
import type { RunStatus } from './event.ts';
import type { Merge } from './merge.ts';
import type { Observed } from './observed.ts';
import type { Plan } from './plan.ts';
import type { Settlement } from './settlement.ts';
import type { Suite } from './suite.ts';
import type { Task } from './task.ts';
import type { Validation } from './validation.ts';
import type { Verdict } from './verdict.ts';

/** Everything that is known of a finished run; what is shown of it is a view of this. */
export interface RunRecord {
  readonly id: string;
  readonly task: Task;
  readonly status: RunStatus;
  readonly plan: Plan;
  /** One row for each seat, in the order of the plan: the primaries, then the validators. */
  readonly attempts: readonly Attempt[];
  /** One row for each primary seat. */
  readonly candidates: readonly Candidate[];
  /** One row for each primary seat. */
  readonly verdicts: readonly Verdict[];
  /** What candidates were run on; null where nothing was to be run. */
  readonly suite: Suite | null;
  /** One row for each primary seat; empty where nothing was to be run. */
  readonly observed: readonly Observed[];
  readonly settlement: Settlement | null;
  readonly merge: Merge | null;
  readonly decision: Decision;
  readonly validation: Validation;
  /** What was asked of a cassette that does not hold it, a line each; such a run is not to be relied on. */
  readonly notRecorded: readonly string[];
  readonly spending: Spending;
  /** Where every budget stood that held for the run, when it ended. */
  readonly budgets: readonly BudgetStanding[];
  readonly startedAtMs: number;
  readonly durationMs: number;
}
