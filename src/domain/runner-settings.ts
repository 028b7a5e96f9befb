import type { Clock } from './clock.ts';
import type { Price } from './price.ts';
import type { Runner } from './runner.ts';

/** What every runner can be told; undefined leaves it to the limits of the run, or to the vendor. */
export interface CommonRunnerSettings {
  /** The model id, passed on as it is. */
  readonly model: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly stallMs: number | undefined;
  readonly retries: number | undefined;
  /** Requests in flight at once; undefined for no limit. */
  readonly concurrency: number | undefined;
  /** Requests that begin within any 60 seconds; undefined for no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** Tokens of prompts and answers of the requests that begin within any 60 seconds; undefined for no limit. */
  readonly tokensPerMinute?: number | undefined;
  readonly price: Price | undefined;
  /** Models of one family share one vote; undefined goes by the vendor or the model id. */
  readonly family?: string | undefined;
  /** The share of its answers that are expected to be right, above 0 and below 1, also by category. */
  readonly strength?: number | Readonly<Record<string, number>> | undefined;
  /** The most tokens of an answer. */
  readonly maxOutputTokens: number | undefined;
}

/** What every runner that starts a program can be told. */
export interface ProcessRunnerSettings extends CommonRunnerSettings {
  /** Bytes of the program's output that are held before it is ended; 8 MiB when left out. */
  readonly outputMaxBytes?: number | undefined;
}

/** The vendors' command lines that have a runner of their own. */
export interface CliRunnerSettings extends ProcessRunnerSettings {
  readonly type: 'claude-code' | 'codex' | 'gemini' | 'grok';
  /** The program, when it is not the one on PATH. */
  readonly command: string | undefined;
  /** The key, when it was handed over by the program that uses the library. */
  readonly apiKey: string | undefined;
  /** Where the vendor's API is, when it is not the vendor's own address. */
  readonly baseUrl: string | undefined;
}

/** Any server that speaks OpenAI's chat completions. */
export interface OpenAiCompatibleSettings extends CommonRunnerSettings {
  readonly type: 'openai-compatible';
  /** Up to and including the version: `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** The environment variable with the key; undefined for a server without keys. */
  readonly apiKeyEnv: string | undefined;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whose limits hold; the host of the base URL unless said. */
  readonly provider?: string | undefined;
}

/** A vendor's own API. */
export interface ApiSettings extends CommonRunnerSettings {
  readonly type: 'api';
  readonly provider: 'anthropic' | 'openai' | 'google' | 'xai';
  readonly model: string;
  readonly apiKeyEnv: string | undefined;
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
}

/** Any program that answers a prompt. */
export interface CommandSettings extends ProcessRunnerSettings {
  readonly type: 'command';
  /** Program and arguments, started without a shell; `{prompt-file}` and `{model}` are filled in. */
  readonly command: readonly [string, ...string[]];
  readonly prompt: 'stdin' | 'file';
  /** Names of variables that the program may see besides PATH, HOME and the locale. */
  readonly env: readonly string[];
}

/** A class or factory of the user's, loaded from a module. */
export interface ModuleSettings extends CommonRunnerSettings {
  readonly type: 'module';
  /** A `file:` URL. */
  readonly url: string;
}

/** A small model that runs on this machine. */
export interface LocalSettings extends ProcessRunnerSettings {
  readonly type: 'local';
  /** A GGUF file, absolute, in place of the downloaded one. */
  readonly file: string | undefined;
}

/** Recorded answers, played back. */
export interface ReplaySettings extends CommonRunnerSettings {
  readonly type: 'replay';
  /** The recordings file. */
  readonly path: string;
  /** Whose recorded answers are played. */
  readonly as: string;
}

export type RunnerSettings =
  | CliRunnerSettings
  | OpenAiCompatibleSettings
  | ApiSettings
  | CommandSettings
  | ModuleSettings
  | LocalSettings
  | ReplaySettings;

/** What runners may use of the world. */
export interface RunnerTools {
  /** The environment, read once by `config/`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Where what was downloaded is kept; undefined where nothing may be. */
  readonly dataFolder?: string | undefined;
}

/** Makes a runner; the only export of a runner's folder that others use. */
export type RunnerFactory<S extends RunnerSettings = RunnerSettings> = (
  name: string,
  settings: S,
  tools: RunnerTools,
) => Runner;
