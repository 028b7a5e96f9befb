import type { KeptEvent } from '../../src/domain/history.ts';
import { doubleTask } from './runners.ts';

/** Makes of the events of a run those of one with another task, so many minutes earlier. */
export function earlier(minutes: number): (event: KeptEvent) => KeptEvent {
  return (event) => {
    const shifted = { ...event, atMs: event.atMs - minutes * 60_000 };
    if (shifted.type !== 'run-started') return shifted;
    return { ...shifted, task: { ...shifted.task, text: `${doubleTask} Number ${minutes}.` } };
  };
}
