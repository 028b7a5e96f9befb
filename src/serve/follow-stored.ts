import type { App } from '../app/app.ts';
import type { Clock } from '../domain/clock.ts';
import type { HistoryStore, KeptEvent } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
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
): AsyncGenerator<Told> {
  const store = await app.history();
  const [kind, place] = after?.split('-') ?? [];
  let known = kind === mark && Number.isSafeInteger(Number(place)) ? Number(place) : 0;
  if (after !== undefined && kind !== mark) yield { type: 'reset' };
  while (!signal.aborted) {
    const events: readonly KeptEvent[] | undefined = await store.events(id);
    if (!events) throw unknown(id);
    for (const event of events.slice(known)) {
      known += 1;
      yield { type: 'event', id: `${mark}-${known}`, event };
    }
    if (!(await isPerformed(store, id, events))) return yield { type: 'end' };
    await clock.sleep(lookMs, signal);
  }
}

/** Whether a living process goes on with a run. */
async function isPerformed(
  store: HistoryStore,
  id: string,
  events: readonly KeptEvent[],
): Promise<boolean> {
  const startedAtMs = events[0]?.atMs ?? 0;
  if (events.at(-1)?.type === 'run-ended') return false;
  const runs = await store.list({ sinceMs: startedAtMs, beforeMs: startedAtMs + 1 });
  return runs.some((run) => run.id === id && run.state === 'running');
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
