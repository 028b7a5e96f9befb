import type { BudgetLimit } from './budget.ts';
import type { Category } from './category.ts';
import type { RouteWish } from './learning.ts';
import type { LocalServers } from './local-server.ts';
import type { Mode, ModeShape } from './mode.ts';
import type { RunnerSettings } from './runner-settings.ts';
import type { SandboxLevel } from './sandbox.ts';
import type { RateLimits } from './shared-limits.ts';
import type { CheckSettings } from './task-checks.ts';

/** Everything that can be configured, complete and checked. */
export interface Settings {
  /** By the name that seats use, in the order of preference where a route says nothing. */
  readonly runners: Readonly<Record<string, RunnerSettings>>;
  /** What all runners of one provider share, by its name: `openai`, or the host of a server. */
  readonly providers: Readonly<Record<string, RateLimits>>;
  /** In the order that breaks ties; the last one, `general`, has no keywords. */
  readonly categories: readonly Category[];
  readonly modes: Readonly<Record<Mode, ModeShape>>;
  readonly defaultMode: Mode | 'auto';
  /** Asked where a task names none; undefined leaves it to the route. */
  readonly defaultModels: readonly string[] | undefined;
  /** Whether the history takes part in who is asked, where a task says nothing. */
  readonly route: RouteWish;
  readonly limits: Limits;
  /** Looked for where a task names one, and as stand-ins where nobody else can be asked. */
  readonly localServers: LocalServers;
  /** The checks of every answer, where a task names none. */
  readonly checks: CheckSettings;
  /** The weakest level in which code of models is run; `none` only where the person asked for no sandbox. */
  readonly sandbox: SandboxLevel;
  /** Forbids substitution. */
  readonly strict: boolean;
  readonly history: HistorySettings;
  readonly cassette: CassetteSettings;
  readonly cache: CacheSettings;
  readonly budgets: BudgetSettings;
  readonly engine: EngineSettings;
}

/** Where requests are recorded to, and played from. */
export interface CassetteSettings {
  /** A file, absolute; undefined records nothing. */
  readonly record: string | undefined;
  /** A file, absolute; undefined asks the models. With `record`, the same one. */
  readonly replay: string | undefined;
  readonly pace: ReplayPace;
}

/** How fast recorded answers come: without waiting, or as they were recorded. */
export type ReplayPace = 'fast' | 'recorded';

/** Every pace. */
export const replayPaces: readonly ReplayPace[] = ['fast', 'recorded'];

/** Whether, where and how long whole answers are kept to be given again. */
export interface CacheSettings {
  readonly use: boolean;
  /** A folder, absolute; undefined for the one in the folder of the person's caches. */
  readonly path: string | undefined;
  readonly maxAgeMs: number;
  readonly maxBytes: number;
}

/** The most that may be used: of each run, and of all runs of a project or a day together. */
export interface BudgetSettings {
  readonly run: BudgetLimit;
  readonly project: BudgetLimit;
  readonly day: BudgetLimit;
  /** The folder that the project is known by; undefined where only the working directory is known. */
  readonly folder: string | undefined;
}

/** Whether, where and how long runs are kept. */
export interface HistorySettings {
  /** Undefined leaves it to the entry: the command keeps runs, the library does not. */
  readonly keep: boolean | undefined;
  /** The file, absolute; undefined for the one in the folder of the person's data. */
  readonly path: string | undefined;
  /** The server that is used in place of a file. */
  readonly server?: HistoryServer | undefined;
  /** After how many days a run is removed; undefined keeps it until it is deleted. */
  readonly retentionDays: number | undefined;
}

/** A database of PostgreSQL in which runs are kept. */
export interface HistoryServer {
  /** `postgres://user@host:5432/database`. */
  readonly url: string;
  /** The variable with the password; undefined for PGPASSWORD and the password file. */
  readonly passwordEnv: string | undefined;
}

/** Who hands the runs of batches to workers. */
export interface EngineSettings {
  /** The address of the Redis or Valkey that workers share, as it was given; undefined for this process alone. */
  readonly url: string | undefined;
}

/** How long and how often, where a runner's own settings say nothing. */
export interface Limits {
  /** Milliseconds for one seat, its retries and waits included. */
  readonly timeoutMs: number;
  /** Milliseconds without a sign of life, counted from the first text. */
  readonly stallMs: number;
  /** Further requests after a transient failure. */
  readonly retries: number;
  /** Milliseconds for the whole run; undefined for none. */
  readonly runTimeoutMs: number | undefined;
}
