import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CliRunnerSettings,
  CommandSettings,
  CommonRunnerSettings,
  LocalSettings,
  ProcessRunnerSettings,
  RunnerSettings,
} from '../domain/runner-settings.ts';
import type { RateLimits } from '../domain/shared-limits.ts';
import { type Flaw, shown } from './bad-configuration.ts';
import type {
  CliRunnerConfig,
  CommandConfig,
  CommonRunnerConfig,
  LocalConfig,
  ModuleConfig,
  ProcessRunnerConfig,
  RateLimitsConfig,
  RunnerConfig,
} from './config-file.ts';
import { builtInRunners } from './defaults.ts';

/** The types of runners that a configuration can name. */
export const runnerTypes: readonly string[] = [
  ...builtInRunners,
  'openai-compatible',
  'api',
  'command',
  'module',
  'local',
  'replay',
];

/** The settings of one runner, or what is wrong with its entry. */
export type RunnerMade = { readonly settings: RunnerSettings } | { readonly flaw: Flaw };

/**
 * Makes the settings of one runner. An entry with a type says everything; one without adjusts
 * the runner of before, so that a key or a header never follows to an address it was not meant for.
 */
export function runnerFrom(
  entry: RunnerConfig,
  before: RunnerSettings | undefined,
  folder: string,
): RunnerMade {
  switch (entry.type) {
    case undefined:
      return adjusted(entry, before, folder);
    case 'openai-compatible': {
      const { type, model, apiKeyEnv, headers = {}, provider } = entry;
      const baseUrl = withoutEndSlash(entry.baseURL);
      const own = { type, baseUrl, model, apiKeyEnv, headers, provider };
      return { settings: { ...commonFrom(entry), ...own } };
    }
    case 'api': {
      const { type, provider, model, apiKeyEnv, baseURL } = entry;
      const baseUrl = baseURL === undefined ? undefined : withoutEndSlash(baseURL);
      const own = { type, provider, model, apiKeyEnv, apiKey: undefined, baseUrl };
      return { settings: { ...commonFrom(entry), ...own } };
    }
    case 'command':
      return { settings: commandFrom(entry, folder) };
    case 'module':
      return moduleFrom(entry, folder);
    case 'local':
      return { settings: localFrom(entry, folder) };
    case 'replay': {
      const { type, as } = entry;
      const path = resolve(folder, entry.path);
      return { settings: { ...commonFrom(entry), type, path, as } };
    }
    default:
      return { settings: cliFrom(entry, entry.type, folder) };
  }
}

/** Seconds of a configuration in milliseconds; undefined stays undefined. */
export function milliseconds(seconds: number): number;
export function milliseconds(seconds: number | undefined): number | undefined;
export function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

function adjusted(
  entry: CliRunnerConfig,
  before: RunnerSettings | undefined,
  folder: string,
): RunnerMade {
  if (!before) {
    const says = `is missing, wanted one of ${runnerTypes.join(', ')}: no runner has this name yet`;
    return { flaw: { path: ['type'], says } };
  }
  if (isCli(before)) {
    return { settings: over(before, cliFrom(entry, before.type, folder)) };
  }
  const isProcess = before.type === 'command' || before.type === 'local';
  const ofOthers = [
    'command',
    'baseURL',
    ...(isProcess ? [] : (['outputMaxBytes'] as const)),
  ] as const;
  const foreign = ofOthers.find((key) => entry[key] !== undefined);
  if (foreign) {
    const says = `is ${shown(entry[foreign])}, wanted a type beside it: the runner of before is ${before.type}`;
    return { flaw: { path: [foreign], says } };
  }
  return { settings: over(before, processFrom(entry)) };
}

function isCli(settings: RunnerSettings): settings is CliRunnerSettings {
  return builtInRunners.some((type) => type === settings.type);
}

/** The settings of before under those parts that say something. */
function over<Before extends RunnerSettings>(before: Before, parts: object): Before {
  const stated = Object.entries(parts).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(stated) };
}

function commonFrom(entry: CommonRunnerConfig): CommonRunnerSettings {
  return {
    model: entry.model,
    timeoutMs: milliseconds(entry.timeout),
    stallMs: milliseconds(entry.stall),
    retries: entry.retries,
    ...rateLimitsFrom(entry),
    price: entry.price,
    family: entry.family,
    strength: entry.strength,
    maxOutputTokens: entry.maxOutputTokens,
  };
}

/** Rate limits of which none need be said. */
export function rateLimitsFrom(entry: RateLimitsConfig): RateLimits {
  const { concurrency, requestsPerMinute, tokensPerMinute } = entry;
  return { concurrency, requestsPerMinute, tokensPerMinute };
}

function processFrom(entry: ProcessRunnerConfig): ProcessRunnerSettings {
  return { ...commonFrom(entry), outputMaxBytes: entry.outputMaxBytes };
}

function cliFrom(
  entry: CliRunnerConfig,
  type: CliRunnerSettings['type'],
  folder: string,
): CliRunnerSettings {
  const { command, baseURL } = entry;
  return {
    ...processFrom(entry),
    type,
    command: command === undefined ? undefined : programPath(command, folder),
    apiKey: undefined,
    baseUrl: baseURL === undefined ? undefined : withoutEndSlash(baseURL),
  };
}

function commandFrom(entry: CommandConfig, folder: string): CommandSettings {
  const [program = '', ...rest] = entry.command;
  return {
    ...processFrom(entry),
    type: entry.type,
    command: [programPath(program, folder), ...rest.map((each) => argumentPath(each, folder))],
    prompt: entry.prompt,
    env: entry.env ?? [],
  };
}

/** A processor is slower than a vendor, and says nothing while it reads the prompt. */
export const localLimits = { timeoutMs: 600_000, stallMs: 180_000 } as const;

function localFrom(entry: LocalConfig, folder: string): LocalSettings {
  const common = processFrom(entry);
  return {
    ...common,
    type: entry.type,
    timeoutMs: common.timeoutMs ?? localLimits.timeoutMs,
    stallMs: common.stallMs ?? localLimits.stallMs,
    file: entry.file === undefined ? undefined : resolve(folder, entry.file),
  };
}

function moduleFrom(entry: ModuleConfig, folder: string): RunnerMade {
  const { type, url } = entry;
  // One letter and a colon is a drive of Windows.
  if (/^[a-z][a-z0-9+.-]+:/i.test(url) && !url.startsWith('file:')) {
    return { flaw: { path: ['url'], says: `is ${shown(url)}, wanted a path or a file: URL` } };
  }
  const href = url.startsWith('file:') ? url : pathToFileURL(resolve(folder, url)).href;
  return { settings: { ...commonFrom(entry), type, url: href } };
}

/** A name alone is looked for on PATH. */
function programPath(program: string, folder: string): string {
  return /[\\/]/.test(program) && !isAbsolute(program) ? resolve(folder, program) : program;
}

/** Only what is plainly written as a path is one: an argument may hold a slash for other reasons. */
function argumentPath(argument: string, folder: string): string {
  return /^\.\.?[\\/]/.test(argument) ? resolve(folder, argument) : argument;
}

function withoutEndSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
