import { resolve } from 'node:path';
import type { ConfigFile } from '../config/config-file.ts';
import { builtInSettings } from '../config/defaults.ts';
import { withOverrides } from '../config/overrides.ts';
import { parseConfig } from '../config/parse-config.ts';
import { givenOrigin, mergeConfig } from '../config/settings-from.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Settings } from '../domain/settings.ts';

/** What an {@link Orchestrator} can be told; everything is optional. */
export interface OrchestratorOptions {
  /** xAI's key, in place of the environment's `GROK_API_KEY` or `XAI_API_KEY`. */
  readonly grokApiKey?: string | undefined;
  /** Seconds for each model, its retries included; 60 unless the configuration says otherwise. */
  readonly defaultTimeout?: number | undefined;
  /** Further requests after a transient failure; 1 unless the configuration says otherwise. */
  readonly maxRetries?: number | undefined;
  /**
   * Keeps every run, so that it can be shown and resumed: `true` in the same file as the command, else in the
   * file at a path, or as in the configuration. Nothing is kept unless this or the configuration asks for it.
   */
  readonly history?: boolean | ConfigFile['history'];
  /**
   * Records every request and its answer to a cassette, a path from the working directory; with `replay` of the same
   * path only what is not recorded, and that not where `CI` is set.
   */
  readonly record?: string | undefined;
  /** Plays the answers of a cassette, asking nobody. A run that asks what is not recorded rejects with `no-recording`. */
  readonly replay?: string | undefined;
  /** The same as a configuration file says, relative paths starting from the working directory. */
  readonly config?: ConfigFile | undefined;
}

/** Adds the options to settings; throws `bad-configuration` for those that cannot be used. */
export function settingsOf(
  options: OrchestratorOptions,
  base: Settings = builtInSettings,
): Settings {
  const { defaultTimeout, grokApiKey, maxRetries, record, replay } = options;
  const config = configOf(options);
  const origin = givenOrigin(process.cwd());
  const settings = config ? mergeConfig(parseConfig(config, origin), base, origin) : base;
  const timeout = positive('defaultTimeout', defaultTimeout);
  return withOverrides(settings, {
    grokApiKey,
    timeoutMs: timeout === undefined ? undefined : timeout * 1000,
    retries: count('maxRetries', maxRetries),
    record: record === undefined ? undefined : resolve(record),
    replay: replay === undefined ? undefined : resolve(replay),
  });
}

function configOf({ config, history }: OrchestratorOptions): ConfigFile | undefined {
  if (history === undefined) return config;
  return { ...config, history: history === true ? {} : history };
}

/** A positive number of seconds as it is; throws `bad-usage` for anything else but undefined. */
export function positive(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return value;
  throw new OrchestratorError('bad-usage', `Cannot use ${name} ${value}: wanted seconds above 0`);
}

/** A whole number from 0 as it is; throws `bad-usage` for anything else but undefined. */
export function count(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 0)) return value;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use ${name} ${value}: wanted a whole number from 0`,
  );
}
