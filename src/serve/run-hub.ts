import type { App } from '../app/app.ts';
import type { AppRunOptions } from '../app/run-task.ts';
import type { Clock } from '../domain/clock.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { SeatId } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Task } from '../domain/task.ts';
import { followLive } from './follow-live.ts';
import { followStored } from './follow-stored.ts';
import { type HubRun, hubRun } from './hub-run.ts';
import type { LiveRun } from './live-run.ts';
import type { Told } from './told.ts';

/** The most runs that go on at once. */
const liveMaxCount = 1000;

/** A run that was begun, or gone on with. */
export interface StartedRun {
  readonly id: string;
  /** Rejects for a misuse that only shows later, such as a history that another process took over. */
  readonly record: Promise<RunRecord>;
}

/** What a run may take and use, in place of what the settings say. */
export type RunBounds = Pick<AppRunOptions, 'limits' | 'budget'>;

/** What came of cancelling. `not-asked`: nobody asked the seat. `not-here`: no such run goes on in this process. */
export type Cancelling = 'cancelled' | 'not-asked' | 'not-here';

/** The runs of one server: begun by any of its entries, watched and ended by any other. */
export interface RunHub {
  /** Begins a run; resolves once it has its id. Rejects for a misuse. */
  start(task: Task, bounds?: RunBounds): Promise<StartedRun>;
  /** Goes on with an interrupted run, or gives what there is of one that goes on here or has ended. */
  resume(id: string): Promise<StartedRun>;
  /** Tells a run from its beginning, or from the place `after`, to its end; what there is at once comes together. Rejects with `unknown-run`. */
  follow(
    id: string,
    after: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Told[]>;
  /** Ends a run that goes on here, or what is asked of one of its seats. */
  cancel(id: string, seat?: SeatId): Cancelling;
  /** How many runs go on here. */
  count(): number;
  /** Takes no more runs, waits until the others have ended, and leaves them when the signal aborts: they can be gone on with. */
  close(signal: AbortSignal): Promise<void>;
}

/** What a hub needs of the world. */
export interface HubTools {
  readonly app: App;
  readonly clock: Clock;
  /** Tells this hub from another one, which numbers what it tells in its own way. */
  readonly nonce: string;
  /** Is told of a run that could not be brought to its end, or not kept to it, as where the disk is full. */
  readonly onLost?: ((error: unknown, run: string) => void) | undefined;
}

/** Opens the hub of a server. */
export function runHub(tools: HubTools): RunHub {
  const { app } = tools;
  const runs = new Map<string, HubRun>();
  const beginning = new Set<Promise<HubRun>>();
  let isOpen = true;
  let isLeaving = false;
  const perform = async (go: Parameters<typeof hubRun>[0]): Promise<StartedRun> => {
    if (!isOpen) throw new OrchestratorError('busy', 'Cannot begin a run: the server is stopping');
    if (runs.size + beginning.size >= liveMaxCount) throw tooMany();
    const begun = hubRun(go, (unkept, line) =>
      tools.onLost?.(new OrchestratorError('bad-history', line), unkept),
    );
    beginning.add(begun);
    try {
      const run = await begun;
      const { id } = run.live;
      if (run.live.hasEnded()) return { id, record: run.record };
      runs.set(id, run);
      if (isLeaving) run.leave();
      const forget = (): boolean => runs.delete(id);
      run.record.then(forget, (error: unknown) => {
        forget();
        if (!isLeft(error)) tools.onLost?.(error, id);
      });
      return { id, record: run.record };
    } finally {
      beginning.delete(begun);
    }
  };
  return {
    start: (task, bounds) => perform((options) => app.run(task, { ...options, ...bounds })),
    resume: async (id) => {
      const known = runs.get(id);
      return known ? { id, record: known.record } : perform((options) => app.resume(id, options));
    },
    follow: (id, after, signal) => followRun({ id, after, signal }, runs.get(id)?.live, tools),
    cancel: (id, seat) => runs.get(id)?.cancel(seat) ?? 'not-here',
    count: () => runs.size,
    close: async (signal) => {
      isOpen = false;
      const leave = (): void => {
        isLeaving = true;
        for (const run of runs.values()) run.leave();
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      await Promise.allSettled(beginning);
      await Promise.allSettled([...runs.values()].map(({ record }) => record));
    },
  };
}

interface Watching {
  readonly id: string;
  readonly after: string | undefined;
  readonly signal: AbortSignal;
}

async function* followRun(
  { id, after, signal }: Watching,
  live: LiveRun | undefined,
  { app, clock, nonce }: HubTools,
): AsyncGenerator<readonly Told[]> {
  if (!live) return yield* followStored(id, { app, after, signal, clock });
  const [name, place] = after?.split('-') ?? [];
  const from = name === nonce && Number.isSafeInteger(Number(place)) ? Number(place) : 0;
  if (after !== undefined && name !== nonce) yield [{ type: 'reset' }];
  const idOf = (next: number): string => `${nonce}-${next}`;
  yield* followLive(live, { from, idOf, signal, clock });
}

/** Whether a run was left where it was on purpose, to be gone on with. */
function isLeft(error: unknown): boolean {
  return error instanceof OrchestratorError && error.code === 'cancelled';
}

function tooMany(): OrchestratorError {
  return new OrchestratorError(
    'busy',
    `Cannot begin a run: ${liveMaxCount} runs go on already, and there are no more at once`,
  );
}
