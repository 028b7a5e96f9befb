import type { Decision } from '../../../src/domain/decision.ts';
import type { RunEvent, RunStatus } from '../../../src/domain/event.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { Task } from '../../../src/domain/task.ts';
import { type Lane, lanesAfter } from '../../../src/report/lanes.ts';
import { type Span, spansAfter } from './spans.ts';
import { type Usage, usageAfter } from './usage.ts';

/** Everything that the page shows of a run while it goes on: a fold of its events. */
export interface RunView {
  readonly task: Task | null;
  readonly plan: Plan | null;
  readonly lanes: readonly Lane[];
  readonly spans: readonly Span[];
  readonly usage: ReadonlyMap<string, Usage>;
  /** What is being done, in a few words. */
  readonly stage: string;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** The time of the last event. */
  readonly lastAtMs: number;
  readonly decision: Decision | null;
  readonly status: RunStatus | null;
}

/** A run of which nothing was told. */
export const nothingTold: RunView = {
  task: null,
  plan: null,
  lanes: [],
  spans: [],
  usage: new Map(),
  stage: 'Waiting for the first event',
  startedAtMs: null,
  endedAtMs: null,
  lastAtMs: 0,
  decision: null,
  status: null,
};

/** A run after one more event. */
export function runAfter(before: RunView, event: RunEvent): RunView {
  const view: RunView = {
    ...before,
    lanes: lanesAfter(before.lanes, event),
    spans: spansAfter(before.spans, event),
    usage: usageAfter(before.usage, event),
    stage: stageAfter(event) ?? before.stage,
    lastAtMs: event.atMs,
  };
  switch (event.type) {
    case 'run-started':
      return { ...view, task: event.task, startedAtMs: event.atMs };
    case 'plan-made':
      return { ...view, plan: event.value };
    case 'decision-made':
      return { ...view, decision: event.value };
    case 'run-ended':
      return { ...view, status: event.status, endedAtMs: event.atMs };
    default:
      return view;
  }
}

/** What begins with an event; undefined where it says nothing of that. */
function stageAfter(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run-started':
      return 'Choosing whom to ask';
    case 'plan-made':
      return 'Asking the models';
    case 'run-resumed':
      return 'Going on with the run';
    case 'verdict-given':
      return 'Checking the answers';
    case 'suite-made':
      return 'Running the answers in the sandbox';
    case 'candidate-observed':
      return 'Comparing what the answers do';
    case 'settlement-made':
      return 'Deciding';
    case 'decision-made':
      return 'Having the chosen answer reviewed';
    case 'validation-made':
      return 'Writing down the result';
    case 'run-ended':
      return 'Ended';
    default:
      return undefined;
  }
}
