import type { Availability } from '../domain/availability.ts';
import { type Budget, type BudgetLimit, isLimited } from '../domain/budget.ts';
import type { PassingEvent, RunEvent, StoredEvent } from '../domain/event.ts';
import type { Executor } from '../domain/executor.ts';
import type { HeldRun, HistoryStore, StartEvent } from '../domain/history.ts';
import { localServerNamed } from '../domain/local-server.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { SeatId } from '../domain/plan.ts';
import type { RunObserver } from '../domain/run-observer.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Limits, Settings } from '../domain/settings.ts';
import type { Task } from '../domain/task.ts';
import type { Checker } from '../domain/verdict.ts';
import { unkeptRun } from '../history/unkept-run.ts';
import { planOf } from '../route/plan-of.ts';
import type { Routes } from '../route/route.ts';
import { extractOnce } from '../run/extract-once.ts';
import { statusOf } from '../run/fold.ts';
import { stepsOf } from '../run/step.ts';
import { askedBounds, askedLimits } from './asked-bounds.ts';
import { openJournal } from './journal.ts';
import { learnedRoutes } from './learned-routes.ts';
import { lookedOn } from './looked-on.ts';
import { noHistory } from './open-history.ts';
import type { OpenSandbox } from './open-sandbox.ts';
import { performRun } from './perform-run.ts';
import { realClock } from './real-clock.ts';
import { recordOf } from './record-of.ts';
import {
  estimateOf,
  openRunBudgets,
  refuseOverBudget,
  type SharedBudgets,
  sharedBudgets,
  withBudget,
} from './run-budgets.ts';
import type { RunnerPool } from './runner-pool.ts';
import type { StartTurn, StartTurns } from './start-turns.ts';
import { uncovered } from './uncovered.ts';

/** What one run can be told besides its task. */
export interface AppRunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is told the id of the run once its first event is kept, before any other event. */
  readonly onBegin?: ((id: string) => void) | undefined;
  /** Ends what is asked of one seat, and nothing else; undefined for a seat that nobody ends. */
  readonly seatSignal?: ((seat: SeatId) => AbortSignal) | undefined;
  /** Hears every event as it happens, and first those that a resumed run had already. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Is told in one line what should be known of the run besides its answer. */
  readonly onNotice?: ((line: string) => void) | undefined;
  /** Is told in one line that the rest of the run is not kept; `onNotice` is where this is left out. */
  readonly onUnkept?: ((line: string) => void) | undefined;
  /** In place of the settings' own, and of those that a run which is gone on with had. */
  readonly limits?: Partial<Limits> | undefined;
  /** The budget of the run alone, in place of the settings' own. */
  readonly budget?: Partial<BudgetLimit> | undefined;
  /** Further budgets, which the run shares with others, such as that of a batch. */
  readonly sharedBudgets?: readonly Budget[] | undefined;
  /** Ends the run where it is, so that it can be gone on with; it is rejected with `cancelled` then. */
  readonly leave?: AbortSignal | undefined;
  /** Runs the code of several runs, and is closed by whoever opened it; each run opens its own without it. */
  readonly executor?: Executor | undefined;
}

/** What the runs of one app have in common. */
export interface RunParts {
  readonly settings: Settings;
  readonly pool: RunnerPool;
  readonly routes: Routes;
  readonly checkers: readonly Checker[];
  readonly sandbox: OpenSandbox;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Looks which runners can be asked here that a task may need. */
  readonly availability: (task: Task) => Promise<ReadonlyMap<string, Availability>>;
  /** Undefined where runs are not kept. */
  readonly store: () => Promise<HistoryStore | undefined>;
  /** Where runs wait to be prepared. */
  readonly starts: StartTurns;
  /** Look on at every run. */
  readonly observers: readonly RunObserver[];
}

/** Runs a task to its end; everything that happens is kept first and told then. */
export async function runTask(
  task: Task,
  parts: RunParts,
  options: AppRunOptions,
): Promise<RunRecord> {
  using turn = await parts.starts.take(options.signal);
  const store = await parts.store();
  const limit = withBudget(parts.settings.budgets.run, options.budget);
  const shared = sharedOf(parts, options, store);
  if (isLimited(limit) || shared.ledger) await refuseTask(task, { limit, shared }, parts);
  const first = startOf(task, limit, options);
  const held = store ? await store.begin(first) : unkeptRun(first);
  return await goOn({ held, shared, turn }, parts, options);
}

/**
 * Goes on with a run that was ended before its end, or folds one that has ended. Repeats nothing that the history
 * holds. Throws `unknown-run`, `run-in-use` while another process goes on with it, and `unknown-model` when a
 * model of its plan is not configured any more.
 */
export async function resumeRun(
  id: string,
  parts: RunParts,
  options: AppRunOptions,
): Promise<RunRecord> {
  const store = await parts.store();
  if (!store) throw noHistory();
  const shared = sharedOf(parts, options, store);
  const taking = await store.take(id);
  if (taking.status === 'held') throw inUse(id, taking.untilMs);
  if (taking.status === 'taken') return goOn({ held: taking.run, shared }, parts, options);
  return recordOf(id, (await store.events(id)) ?? []);
}

/** What came of entering a run; `held` while another process goes on with it. */
export type Entered =
  /** `before`: it had ended when it was entered, and nothing was done for it. */
  | { readonly status: 'ended'; readonly record: RunRecord; readonly before: boolean }
  | { readonly status: 'held' };

/** A run under an id that was made outside. */
export interface RunToEnter {
  readonly id: string;
  readonly task: Task;
}

interface RunBudget {
  readonly limit: BudgetLimit;
  readonly shared: SharedBudgets;
}

/** Throws `budget-exceeded` where not even the least that a task uses is left. */
async function refuseTask(
  task: Task,
  { limit, shared }: RunBudget,
  parts: RunParts,
): Promise<void> {
  const routes = await learnedRoutes(task, parts.routes, parts.store);
  const plan = planOf(task, routes, await parts.availability(task));
  await refuseOverBudget(estimateOf(task, plan, parts.settings), limit, shared);
}

/** Runs a task under the given id: from its beginning, from where it was left, or not at all when it has ended. Throws `budget-exceeded`. */
export async function enterRun(
  { id, task }: RunToEnter,
  parts: RunParts,
  options: AppRunOptions,
): Promise<Entered> {
  using turn = await parts.starts.take(options.signal);
  const store = await parts.store();
  const limit = withBudget(parts.settings.budgets.run, options.budget);
  const shared = sharedOf(parts, options, store);
  const first = startOf(task, limit, options);
  const { sharedBudgets: given = [] } = options;
  // One that was begun goes on: what it still needs is refused call by call.
  if (given.some((each) => isLimited(each.limit)) && !(await store?.events(id))) {
    await refuseTask(task, { limit, shared }, parts);
  }
  const taking = store
    ? await store.enter(id, first)
    : ({ status: 'taken', run: unkeptRun(first, id) } as const);
  if (taking.status === 'held') return { status: 'held' };
  if (taking.status === 'taken') {
    const held = taking.run;
    // What is left of one that was begun can be long work before anybody is asked.
    if (held.past.length > 1) turn.end();
    const record = await goOn({ held, shared, turn }, parts, options);
    return { status: 'ended', record, before: false };
  }
  return { status: 'ended', record: recordOf(id, (await store?.events(id)) ?? []), before: true };
}

function startOf(task: Task, budget: BudgetLimit, { limits }: AppRunOptions): StartEvent {
  return { type: 'run-started', task, ...askedBounds(budget, limits), atMs: realClock.now() };
}

function sharedOf(
  { settings }: RunParts,
  { sharedBudgets: given = [] }: AppRunOptions,
  store: HistoryStore | undefined,
): SharedBudgets {
  return sharedBudgets({ settings, given, ledger: store?.ledger });
}

interface Going {
  readonly held: HeldRun;
  readonly shared: SharedBudgets;
  /** What is to be ended once a model is about to be asked. */
  readonly turn?: StartTurn;
}

async function goOn(
  { held, shared, turn }: Going,
  parts: RunParts,
  options: AppRunOptions,
): Promise<RunRecord> {
  const { leave, onEvent, onNotice = (): void => undefined } = options;
  const [first] = held.past;
  if (first?.type !== 'run-started') throw new TypeError(`run ${held.id} has no beginning`);
  const looker = await lookedOn(held, parts.observers);
  using _ended = { [Symbol.dispose]: looker.close };
  const tell = (event: StoredEvent | PassingEvent): void => {
    const told = { ...event, atMs: realClock.now() };
    onEvent?.(told);
    looker.hear(told);
  };
  await using journal = openJournal(held, {
    clock: realClock,
    onNotice: options.onUnkept ?? onNotice,
    leave,
  });
  const record = async (event: StoredEvent): Promise<void> => {
    await journal.append(event);
    tell(event);
  };
  options.onBegin?.(held.id);
  for (const event of held.past) onEvent?.(event);
  const limit = limitOf(held, parts, options);
  const limits = askedLimits(held.past, options.limits);
  if (held.past.length > 1) await resumed(held, { parts, limit, limits }, record);
  const budgets = await openRunBudgets({ id: held.id, past: held.past, limit }, shared);
  const { signal = new AbortController().signal } = options;
  const extract = extractOnce();
  await performRun(first.task, {
    extract,
    parts,
    options: { ...options, limits },
    budgets,
    signal: AbortSignal.any([signal, journal.lost, ...(leave ? [leave] : [])]),
    step: stepsOf(journal, tell),
    tell,
    onAsking: () => turn?.end(),
  });
  if (leave?.aborted) throw left(held.id);
  const status = statusOf(journal.events, signal.aborted);
  const standings = await budgets.standings();
  const stood = standings.length > 0 ? { budgets: standings } : {};
  await record({ type: 'run-ended', status, ...stood });
  const done = recordOf(held.id, journal.events, extract);
  for (const line of uncovered(done)) onNotice(line);
  return done;
}

/** A run that is gone on with keeps its budget, unless it is given another one. */
function limitOf(
  { past }: HeldRun,
  { settings }: RunParts,
  { budget }: AppRunOptions,
): BudgetLimit {
  const before = past.flatMap((event) => ('budget' in event ? (event.budget ?? []) : []));
  return withBudget(before.at(-1) ?? settings.budgets.run, budget);
}

interface Resuming {
  readonly parts: RunParts;
  readonly limit: BudgetLimit;
  readonly limits: Partial<Limits>;
}

/** Marks that another process goes on, once it is sure that it can. */
async function resumed(
  { id, past }: HeldRun,
  { parts: { pool, settings }, limit, limits }: Resuming,
  record: (event: StoredEvent) => Promise<void>,
): Promise<void> {
  const plan = past.find((event) => event.type === 'plan-made')?.value;
  const { names } = pool;
  const missing = plan?.seats.find(
    ({ runner, unavailable }) =>
      !(unavailable || names.includes(runner) || localServerNamed(runner, settings.localServers)),
  );
  if (missing) {
    throw new OrchestratorError(
      'unknown-model',
      `Cannot go on with run ${id}: known models are ${names.join(', ')}, wanted ${missing.runner}`,
      { hint: 'Configure it as it was, with --config or, for the local model, with --local' },
    );
  }
  await record({ type: 'run-resumed', ...askedBounds(limit, limits) });
}

function left(id: string): OrchestratorError {
  return new OrchestratorError('cancelled', `Run ${id} was left before its end`, {
    hint: `To go on with it: orchestrator resume ${id}`,
  });
}

function inUse(id: string, untilMs: number): OrchestratorError {
  const seconds = Math.max(1, Math.ceil((untilMs - realClock.now()) / 1000));
  return new OrchestratorError(
    'run-in-use',
    `Cannot go on with run ${id}: another process does, or did less than 30 seconds ago`,
    { hint: `If it has ended, try again in ${seconds} seconds` },
  );
}
