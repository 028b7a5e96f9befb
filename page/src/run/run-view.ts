import type { BudgetLimit } from '../../../src/domain/budget.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { RunEvent, RunStatus } from '../../../src/domain/event.ts';
import type { Merge } from '../../../src/domain/merge.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { Limits } from '../../../src/domain/settings.ts';
import type { Task } from '../../../src/domain/task.ts';
import { type Lane, lanesAfter } from '../../../src/report/lanes.ts';
import { type Span, spansAfter } from './spans.ts';
import { noStage, type Stage, stageAfter } from './stage-after.ts';
import { type Usage, usageAfter } from './usage.ts';

/** Everything that the page shows of a run while it goes on: a fold of its events. */
export interface RunView {
  readonly task: Task | null;
  /** The budget of the run alone; undefined for none. */
  readonly budget: BudgetLimit | undefined;
  /** What it was asked with in place of the settings' own; undefined for nothing. */
  readonly limits: Partial<Limits> | undefined;
  readonly plan: Plan | null;
  readonly lanes: readonly Lane[];
  readonly spans: readonly Span[];
  readonly usage: ReadonlyMap<string, Usage>;
  readonly stage: Stage;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** The time of the last event. */
  readonly lastAtMs: number;
  /** What became of a merged answer; null where none was tried. */
  readonly merge: Merge | null;
  readonly decision: Decision | null;
  readonly status: RunStatus | null;
}

/** A run of which nothing was told. */
export const nothingTold: RunView = {
  task: null,
  budget: undefined,
  limits: undefined,
  plan: null,
  lanes: [],
  spans: [],
  usage: new Map(),
  stage: noStage,
  startedAtMs: null,
  endedAtMs: null,
  lastAtMs: 0,
  merge: null,
  decision: null,
  status: null,
};

/** A run after one more event. */
export function runAfter(before: RunView, event: RunEvent): RunView {
  const lanes = lanesAfter(before.lanes, event);
  const view: RunView = {
    ...before,
    lanes,
    spans: spansAfter(before.spans, event),
    usage: usageAfter(before.usage, event),
    stage: stageAfter(before.stage, event, lanes),
    lastAtMs: event.atMs,
  };
  if (event.type === 'run-started') {
    const { task, budget, limits, atMs } = event;
    return { ...view, task, budget, limits, startedAtMs: atMs };
  }
  if (event.type === 'plan-made') return { ...view, plan: event.value };
  if (event.type === 'merge-made') return { ...view, merge: event.value };
  if (event.type === 'decision-made') return { ...view, decision: event.value };
  if (event.type === 'run-ended') return { ...view, status: event.status, endedAtMs: event.atMs };
  return view;
}
