import type { App } from '../app/app.ts';
import type { Clock } from '../domain/clock.ts';
import type { KeptEvent } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { runOf } from './run-of.ts';
import type { Told } from './told.ts';

/** Milliseconds between two looks at a run that another process performs. */
const lookMs = 1000;

/** What marks a place among the events of the history. */
const mark = 's';

/** Which run to tell, from where, and how. */
export interface StoredFollowing {
  readonly app: App;
  /** The place behind which it is told; undefined for all of it. */
  readonly after: string | undefined;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/**
 * Tells a run by its history, to its end; one that another process performs is looked at again until it has ended.
 * Rejects with `unknown-run`.
 */
export async function* followStored(
  id: string,
  { app, after, signal, clock }: StoredFollowing,
): AsyncGenerator<readonly Told[]> {
  const store = await app.history();
  const place = after === undefined ? 0 : placeIn(after);
  if (place === undefined) yield [{ type: 'reset' }];
  let known = place ?? 0;
  let isOver = false;
  while (!signal.aborted) {
    const events: readonly KeptEvent[] | undefined = await store.events(id);
    if (!events) throw unknown(id);
    const from = known;
    known = events.length;
    yield events.slice(from).map((event, index) => {
      return { type: 'event', id: `${mark}-${from + index + 1}`, event };
    });
    if (isOver || events.at(-1)?.type === 'run-ended') return yield [{ type: 'end' }];
    const run = await runOf(store, id, events);
    // What was written between the two looks is told by a last one.
    isOver = run?.state !== 'running';
    if (!isOver) await clock.sleep(lookMs, signal);
  }
}

/** How many events a place is behind; undefined for one that is not of a history. */
function placeIn(after: string): number | undefined {
  const [kind, place] = after.split('-');
  return kind === mark && Number.isSafeInteger(Number(place)) ? Number(place) : undefined;
}

function unknown(id: string): OrchestratorError {
  return new OrchestratorError(
    'unknown-run',
    `Cannot show run ${id}: the history has no such run`,
    {
      hint: 'See orchestrator history',
    },
  );
}
