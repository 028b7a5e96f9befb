import { decisionStates } from './decision-states.ts';
import { historyStates } from './history-states.ts';
import { liveStates } from './live-states.ts';
import { newRunStates } from './new-run-states.ts';
import type { PageState } from './page-state.ts';

/** States that belong together, under a title. */
export interface StateGroup {
  readonly title: string;
  readonly states: readonly PageState[];
}

/** Every state of the page that a person can meet. */
export const groups: readonly StateGroup[] = [
  { title: 'A new run', states: newRunStates },
  { title: 'A run that goes on, or ended before its time', states: liveStates },
  { title: 'The decision', states: decisionStates },
  { title: 'History, statistics, and what is not there', states: historyStates },
];
