import type { RouteWish } from '../domain/learning.ts';
import type { Mode } from '../domain/mode.ts';
import type { SandboxWish } from '../domain/sandbox-wish.ts';

/** What a configuration file says; everything is optional and adds to what weaker places say. */
export interface ConfigFile {
  /** The address of the JSON Schema, for editors. */
  readonly $schema?: string | undefined;
  /** The mode of a task that names none. */
  readonly mode?: Mode | 'auto' | undefined;
  /** The runners that are asked instead of the category's, in this order. */
  readonly models?: readonly string[] | undefined;
  /** Whether the history takes part in who is asked: `usual` or `learned`. */
  readonly route?: RouteWish | undefined;
  /** Seconds for one model, its retries and waits included. */
  readonly timeout?: number | undefined;
  /** Seconds without a sign of life from a model. */
  readonly stall?: number | undefined;
  /** Seconds for the whole run. */
  readonly runTimeout?: number | undefined;
  /** Further requests after a transient failure. */
  readonly retries?: number | undefined;
  /** The weakest level of sandbox in which code is run; only in the user's own file. */
  readonly sandbox?: Exclude<SandboxWish, 'none'> | undefined;
  /** Forbids giving the seat of an unavailable runner to another. */
  readonly strict?: boolean | undefined;
  /** The checks of every answer. */
  readonly checks?: ChecksConfig | undefined;
  /** Where runs are kept: the path of a file, or the address of a PostgreSQL database; `false` to keep none. */
  readonly history?: HistoryConfig | string | false | undefined;
  /** Whether whole answers are kept and given again; where and how long. */
  readonly cache?: CacheConfig | boolean | undefined;
  /** The most that may be used of money and tokens; of two files the lower number holds. */
  readonly budgets?: BudgetsConfig | undefined;
  /** Who hands the runs of batches to workers; this process alone when left out. */
  readonly engine?: EngineConfig | undefined;
  /** By name: the ports of 127.0.0.1 where model servers are looked for; `false` to look for none. */
  readonly localServers?: Readonly<Record<string, number>> | false | undefined;
  /** By name: further runners, and the built-in ones redefined or adjusted. */
  readonly runners?: Readonly<Record<string, RunnerConfig>> | undefined;
  /** By name: what all runners of one provider share. */
  readonly providers?: Readonly<Record<string, RateLimitsConfig>> | undefined;
  /** By name: further categories, the built-in ones adjusted, or removed by `false`. */
  readonly categories?: Readonly<Record<string, CategoryConfig | false>> | undefined;
  /** How many seats a mode has. */
  readonly modes?: { readonly [Name in Mode]?: ModeConfig | undefined } | undefined;
}

/** How many requests may be under way, and how many a minute. */
export interface RateLimitsConfig {
  /** Requests in flight at once. */
  readonly concurrency?: number | undefined;
  /** Requests that begin within any 60 seconds. */
  readonly requestsPerMinute?: number | undefined;
  /** Tokens of prompts and answers of these. */
  readonly tokensPerMinute?: number | undefined;
}

/** Who hands the runs of batches to workers. */
export interface EngineConfig {
  /** The address of a Redis or Valkey, such as `redis://HOST:6379`. */
  readonly url: string;
}

/** What every answer is checked with; a list takes the place of a weaker one. */
export interface ChecksConfig {
  /** Lines for the shell, run in a fresh copy with the answer over it. */
  readonly commands?: readonly string[] | undefined;
  /** Test files, relative to the file. */
  readonly tests?: readonly string[] | undefined;
  /** The folder that is copied for every check, relative to the file. */
  readonly folder?: string | undefined;
  /** Seconds for one check of one answer. */
  readonly timeout?: number | undefined;
}

/** The most that may be used: of each run, and of all runs of a day or a project together. */
export interface BudgetsConfig {
  readonly run?: BudgetConfig | undefined;
  readonly day?: BudgetConfig | undefined;
  readonly project?: BudgetConfig | undefined;
}

/** One budget; what is left out has no limit. */
export interface BudgetConfig {
  /** US dollars. */
  readonly cost?: number | undefined;
  /** Tokens of prompts and answers together. */
  readonly tokens?: number | undefined;
}

/** Where and how long runs are kept. */
export interface HistoryConfig {
  /** A file, relative to this one; the one in the folder of the person's data when left out. */
  readonly path?: string | undefined;
  /** A PostgreSQL database in place of a file: `postgres://user@host:5432/database`. */
  readonly url?: string | undefined;
  /** The name of the environment variable with the password of the database. */
  readonly passwordEnv?: string | undefined;
  /** After how many days a run is removed. */
  readonly retentionDays?: number | undefined;
}

/** Where, how long and how much of what models answered is kept to be given again. */
export interface CacheConfig {
  /** A folder, relative to the file; the one in the folder of the person's caches when left out. */
  readonly path?: string | undefined;
  /** After how many days an answer is asked for anew; 30 when left out. */
  readonly maxAgeDays?: number | undefined;
  /** Bytes of all answers together; 268435456 (256 MiB) when left out. */
  readonly maxBytes?: number | undefined;
}

/** What every runner can be told. */
export interface CommonRunnerConfig extends RateLimitsConfig {
  /** The model id, passed on as it is. */
  readonly model?: string | undefined;
  /** Seconds for one seat, its retries and waits included. */
  readonly timeout?: number | undefined;
  /** Seconds without a sign of life. */
  readonly stall?: number | undefined;
  /** Further requests after a transient failure. */
  readonly retries?: number | undefined;
  /** US dollars for a million tokens. */
  readonly price?: PriceConfig | undefined;
  /** Models of one family share one vote. */
  readonly family?: string | undefined;
  /** The share of its answers that are expected to be right, above 0 and below 1, also by category. */
  readonly strength?: number | Readonly<Record<string, number>> | undefined;
  /** The most tokens of an answer. */
  readonly maxOutputTokens?: number | undefined;
}

/** What every runner that starts a program can be told. */
export interface ProcessRunnerConfig extends CommonRunnerConfig {
  /** Bytes of the program's output that are held before it is ended. */
  readonly outputMaxBytes?: number | undefined;
}

/** US dollars for a million tokens. */
interface PriceConfig {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

/** A vendor's command line; without `type` it adjusts the runner that has the name already. */
export interface CliRunnerConfig extends ProcessRunnerConfig {
  readonly type?: 'claude-code' | 'codex' | 'gemini' | 'grok' | undefined;
  /** The program, when it is not the one on PATH. */
  readonly command?: string | undefined;
  /** Where the vendor's API is, when it is not the vendor's own address. */
  readonly baseURL?: string | undefined;
}

/** Any server that speaks OpenAI's chat completions. */
interface OpenAiCompatibleConfig extends CommonRunnerConfig {
  readonly type: 'openai-compatible';
  /** Up to and including the version: `http://127.0.0.1:11434/v1`. */
  readonly baseURL: string;
  readonly model: string;
  /** The name of the environment variable with the key. */
  readonly apiKeyEnv?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whose limits hold; the host of the base URL when left out. */
  readonly provider?: string | undefined;
}

/** A vendor's own API. */
interface ApiConfig extends CommonRunnerConfig {
  readonly type: 'api';
  readonly provider: 'anthropic' | 'openai' | 'google' | 'xai';
  readonly model: string;
  /** The name of the environment variable with the key. */
  readonly apiKeyEnv?: string | undefined;
  readonly baseURL?: string | undefined;
}

/** Any program that answers a prompt. */
export interface CommandConfig extends ProcessRunnerConfig {
  readonly type: 'command';
  /** Program and arguments, started without a shell; `{prompt-file}` and `{model}` are filled in. */
  readonly command: readonly string[];
  readonly prompt: 'stdin' | 'file';
  /** Names of variables that the program may see besides PATH, HOME and the locale. */
  readonly env?: readonly string[] | undefined;
}

/** A runner of one's own, loaded from a module. */
export interface ModuleConfig extends CommonRunnerConfig {
  readonly type: 'module';
  /** A path relative to the file, or a `file:` URL. */
  readonly url: string;
}

/** A small model that runs on this machine. */
export interface LocalConfig extends ProcessRunnerConfig {
  readonly type: 'local';
  /** A GGUF file of one's own, in place of the downloaded model. */
  readonly file?: string | undefined;
}

/** Recorded answers, played back. */
interface ReplayConfig extends CommonRunnerConfig {
  readonly type: 'replay';
  /** The recordings file. */
  readonly path: string;
  /** Whose recorded answers are played. */
  readonly as: string;
}

/** How to ask one model. */
export type RunnerConfig =
  | CliRunnerConfig
  | OpenAiCompatibleConfig
  | ApiConfig
  | CommandConfig
  | ModuleConfig
  | LocalConfig
  | ReplayConfig;

/** A kind of task; what is left out stays as it was. */
export interface CategoryConfig {
  /** Matched as whole words, singular or plural, in any case. */
  readonly keywords?: readonly string[] | undefined;
  /** The runners that are asked, best first. */
  readonly primaries?: readonly string[] | undefined;
  /** The runners that check the answer, best first. */
  readonly validators?: readonly string[] | undefined;
  /** The first validator, in front of those of before. */
  readonly validator?: string | undefined;
}

/** How many seats of each role a mode has. */
export interface ModeConfig {
  readonly primaries?: number | 'all' | undefined;
  readonly validators?: number | undefined;
}

/**
 * Returns the configuration as it is, so that an editor knows its type in `orchestrator.config.ts`.
 *
 * @example
 * ```ts
 * export default defineConfig({ mode: 'complex', runners: { codex: { timeout: 120 } } });
 * ```
 */
export function defineConfig(config: ConfigFile): ConfigFile {
  return config;
}
