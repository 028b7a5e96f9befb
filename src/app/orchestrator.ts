import { readEnvironment } from '../config/environment.ts';
import { loadSettings } from '../config/load-settings.ts';
import type { CreditQuery } from '../domain/credit.ts';
import type { RunEvent, RunStatus } from '../domain/event.ts';
import type { RunQuery, RunSummary } from '../domain/history.ts';
import type { RouteWish } from '../domain/learning.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { OrchestratorResult } from '../domain/result.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Settings } from '../domain/settings.ts';
import type { ModelStats } from '../domain/stats.ts';
import type { MergeWhen, SelectionOptions, SourceFile } from '../domain/task.ts';
import { resultOf } from '../report/result.ts';
import { type App, openApp } from './app.ts';
import {
  type BatchCallOptions,
  type BatchResult,
  type BatchTask,
  batchResults,
} from './batch-results.ts';
import { checkArguments } from './check-arguments.ts';
import { eventStream } from './event-stream.ts';
import type { ExecutionMode } from './execution-mode.ts';
import { findRun } from './find-run.ts';
import { hearing } from './hearing.ts';
import { modelStats } from './model-stats.ts';
import { type OrchestratorOptions, settingsOf } from './orchestrator-options.ts';
import { recordOf } from './record-of.ts';
import { runInWorker } from './run-in-worker.ts';
import { type RunnerEntry, sortRunners } from './runner-entries.ts';
import { settled } from './settled.ts';
import { taskOf } from './task-of.ts';

/** What one run can be told. */
export interface RunOptions {
  /** `MEDIUM` unless the configuration says otherwise. */
  readonly mode?: ExecutionMode | undefined;
  /** Asks exactly these, in place of the route's, and no validator but those named. */
  readonly models?: readonly string[] | undefined;
  /** Validates with these, in place of the route's. */
  readonly validators?: readonly string[] | undefined;
  /** Seconds for each model, its retries included. */
  readonly timeout?: number | undefined;
  /** Seconds for the whole run. */
  readonly runTimeout?: number | undefined;
  /** Further requests after a transient failure. */
  readonly retries?: number | undefined;
  /** US dollars for the whole run; nobody is asked any more when they are spent. */
  readonly maxCost?: number | undefined;
  /** Tokens of all prompts and answers of the run. */
  readonly maxTokens?: number | undefined;
  /** Files that the models are shown. */
  readonly context?: readonly SourceFile[] | undefined;
  /** Lines for the shell that every answer has to pass, in a fresh copy with the answer over it. */
  readonly check?: readonly string[] | undefined;
  /** Test files that every answer has to pass, and files of data tests. */
  readonly tests?: readonly SourceFile[] | undefined;
  /** The folder that is copied for every check; without it the context files alone. */
  readonly checkIn?: string | undefined;
  /** Seconds for one check of one answer. */
  readonly checkTimeout?: number | undefined;
  /** Forbids giving the seat of an unavailable model to another. */
  readonly strict?: boolean | undefined;
  /** Who is asked: as the categories say (`usual`), or by what the history says of the models (`learned`). */
  readonly route?: RouteWish | undefined;
  /** How many answers of each primary, or how many by the model's name; 1 unless said. */
  readonly samples?: SelectionOptions['samples'];
  /** Begins with one primary and asks the others only if that one does not settle it. */
  readonly adaptive?: boolean | undefined;
  /** When a merged answer is written: where it can help (`auto`, the default), `never` or `always`. */
  readonly merge?: MergeWhen | undefined;
  /** Whether validators are asked for tests while the primaries work; true unless said. */
  readonly modelTests?: boolean | undefined;
  /** Cancels the run: its processes and connections are ended within a second. */
  readonly signal?: AbortSignal | undefined;
  /** Writes a line to standard error for everything worth noting. */
  readonly verbose?: boolean | undefined;
}

/** What going on with a run can be told. */
export type ResumeOptions = Pick<
  RunOptions,
  'timeout' | 'runTimeout' | 'retries' | 'maxCost' | 'maxTokens' | 'signal' | 'verbose'
>;

/** Which of the runs that were kept to give. */
export type RunsQuery = Pick<RunQuery, 'text' | 'states' | 'category' | 'sinceMs' | 'limit'>;

/** Which runs to count: of a category, and since when in milliseconds since the epoch. */
export type StatsQuery = CreditQuery;

/** What an orchestrator that is configured as the command is can be told. */
export interface LoadOptions extends OrchestratorOptions {
  /** Where the search for the project's file begins; the working directory unless given. */
  readonly cwd?: string | undefined;
  /** A file in place of the project's; it is trusted. */
  readonly configFile?: string | undefined;
}

/** What a run says while it goes on; the last one has the result. */
export type OrchestratorEvent =
  | Exclude<RunEvent, { readonly type: 'run-ended' }>
  | {
      readonly type: 'run-ended';
      readonly status: RunStatus;
      readonly atMs: number;
      readonly result: OrchestratorResult;
    };

/**
 * Asks several models the same task in parallel and gives back one answer.
 *
 * @example
 * ```ts
 * const orch = new Orchestrator({ defaultTimeout: 60, maxRetries: 1 });
 * const result = await orch.run('Build a REST API endpoint', { mode: ExecutionMode.MEDIUM });
 * console.log(result.consensusCode);
 * ```
 */
export class Orchestrator {
  /**
   * The runners by name: the built-in and configured ones, and any that you put here.
   * A runner is an instance of a {@link BaseModelRunner}, or a declaration as in the configuration.
   */
  readonly runners: Record<string, RunnerEntry>;
  readonly #settings: Settings;
  #opened: Opened | undefined;

  /** Throws `bad-configuration` or `bad-usage` for options that cannot be used. */
  constructor(options: OrchestratorOptions = {}, settings?: Settings) {
    this.#settings = settingsOf(options, settings);
    this.runners = { ...this.#settings.runners };
  }

  /**
   * Makes an orchestrator that is configured as the command is: by the user's own file, by the project's
   * where the person trusts it, and by the environment; what was found and not used is a process warning.
   * Rejects with `bad-configuration`.
   */
  static async load(options: LoadOptions = {}): Promise<Orchestrator> {
    const { settings, notices } = await loadSettings({
      cwd: options.cwd ?? process.cwd(),
      env: readEnvironment(),
      ...(options.configFile !== undefined && { configFile: options.configFile }),
    });
    for (const notice of notices) process.emitWarning(notice);
    return new Orchestrator(options, settings);
  }

  /**
   * Runs a task to its end. Failures of models are rows of the result.
   * Rejects with an {@link OrchestratorError}: `cancelled` when the signal aborts, `no-recording` when what is
   * replayed is not recorded, else for a misuse.
   */
  async run(task: string, options: RunOptions = {}): Promise<OrchestratorResult> {
    const record = await this.#start(task, options, () => undefined);
    return this.#settled(record, options.signal);
  }

  /**
   * The same run as events while they happen; the last is `run-ended` with the result, also after a
   * cancellation. Leaving the loop early cancels the run.
   */
  stream(task: string, options: RunOptions = {}): AsyncIterableIterator<OrchestratorEvent> {
    return eventStream(async (push, leaving) => {
      const signal = AbortSignal.any([leaving, ...(options.signal ? [options.signal] : [])]);
      const record = await this.#start(task, { ...options, signal }, (event) => {
        if (event.type !== 'run-ended') push(event);
      });
      const { status, startedAtMs, durationMs } = record;
      const atMs = startedAtMs + durationMs;
      push({ type: 'run-ended', status, atMs, result: this.#resultOf(record) });
    });
  }

  /**
   * Runs a task and blocks the thread until it ends. Throws `not-sync` for what cannot cross to another
   * thread: a signal, or a runner that lives in this one (declare such a runner by its module's URL).
   */
  runSync(task: string, options: RunOptions = {}): OrchestratorResult {
    checkArguments(task, options);
    return runInWorker(sortRunners(this.runners, this.#settings), task, options);
  }

  /**
   * Runs many tasks, a bounded number at once, and gives what came of each as it comes, in no order; no more is held
   * than is in hand. With a history and a `name`, a batch that was ended goes on where it was: a run that has ended is
   * not repeated. Leaving the loop leaves the runs in hand. Rejects with `cancelled` when the signal aborts.
   */
  batch(
    tasks: Iterable<string | BatchTask> | AsyncIterable<string | BatchTask>,
    options: BatchCallOptions = {},
  ): AsyncGenerator<BatchResult> {
    return batchResults(tasks, this.#open(), options);
  }

  /** The runs that were kept, the newest first. Rejects with `bad-history` where none are kept. */
  async runs(query: RunsQuery = {}): Promise<readonly RunSummary[]> {
    return (await this.#open().history()).list(query);
  }

  /** How the models fared in the runs that were kept, by model and category. Rejects with `bad-history` where none are kept. */
  async stats(query: StatsQuery = {}): Promise<readonly ModelStats[]> {
    return modelStats(await this.#open().history(), query);
  }

  /** The result of a run that was kept, by its id or how that begins. Rejects with `unknown-run`. */
  async show(id: string): Promise<OrchestratorResult> {
    const store = await this.#open().history();
    const found = await findRun(store, id);
    return this.#resultOf(recordOf(found, (await store.events(found)) ?? []));
  }

  /**
   * Goes on with a run whose process was ended, and repeats no finished call of a model; gives the result of one
   * that has ended. Rejects with `unknown-run`, with `run-in-use` while another process goes on with it, and else
   * as `run` does.
   */
  async resume(id: string, options: ResumeOptions = {}): Promise<OrchestratorResult> {
    const app = this.#open();
    const found = await findRun(await app.history(), id);
    const record = await app.resume(
      found,
      hearing(options, () => undefined),
    );
    return this.#settled(record, options.signal);
  }

  async #start(
    text: string,
    options: RunOptions,
    onEvent: (event: RunEvent) => void,
  ): Promise<RunRecord> {
    const app = this.#open();
    return app.run(await taskOf(text, options, app.settings), hearing(options, onEvent));
  }

  /** The app for the runners as they are; a change of them begins a new one, with queues of its own. */
  #open(): App {
    const entries = Object.entries(this.runners);
    const before = this.#opened;
    const same =
      before?.entries.length === entries.length &&
      entries.every(([name, entry], index) => {
        const [knownName, knownEntry] = before.entries[index] ?? [];
        return name === knownName && entry === knownEntry;
      });
    if (before && same) return before.app;
    const sorted = sortRunners(this.runners, this.#settings);
    const app = openApp(sorted.settings, { env: readEnvironment(), runners: sorted.given });
    this.#opened = { app, entries };
    return app;
  }

  #settled(record: RunRecord, signal: AbortSignal | undefined): OrchestratorResult {
    return settled(record, this.#resultOf(record), signal);
  }

  #resultOf(record: RunRecord): OrchestratorResult {
    return resultOf(record, { replay: this.#open().isReplay(record) });
  }
}

interface Opened {
  readonly app: App;
  readonly entries: readonly (readonly [string, RunnerEntry])[];
}
