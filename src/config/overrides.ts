import { OrchestratorError } from '../domain/mistake.ts';
import type { Mode } from '../domain/mode.ts';
import type { RunnerSettings } from '../domain/runner-settings.ts';
import type { SandboxLevel } from '../domain/sandbox.ts';
import type { SandboxWish } from '../domain/sandbox-wish.ts';

import type { ReplayPace, Settings } from '../domain/settings.ts';
import { historyPlace } from './history-place.ts';

/** What is said for one run, by flags or by the environment; it is stronger than every file. */
export interface FlagOverrides {
  readonly mode?: Mode | 'auto' | undefined;
  readonly models?: readonly string[] | undefined;
  /** For every model, also for one with a time of its own in a file. */
  readonly timeoutMs?: number | undefined;
  /** For every model, also for one with a number of its own in a file. */
  readonly retries?: number | undefined;
  /** The weakest level of sandbox. */
  readonly sandbox?: SandboxWish | undefined;
  readonly strict?: boolean | undefined;
  /** The absolute path of the file of the history, or the address of its server; false to keep no runs. */
  readonly history?: string | false | undefined;
  /** The cassette that requests are recorded to, absolute. */
  readonly record?: string | undefined;
  /** The cassette that requests are played from, absolute. */
  readonly replay?: string | undefined;
  readonly replayPace?: ReplayPace | undefined;
  /** Whether answers are kept and given again. */
  readonly cache?: boolean | undefined;
  /** The address of the Redis or Valkey that workers share. */
  readonly engine?: string | undefined;
  /** xAI's key, for the runner `grok`. */
  readonly grokApiKey?: string | undefined;
}

/** Puts overrides, which are taken as checked, over the settings. */
export function withOverrides(settings: Settings, overrides: FlagOverrides): Settings {
  const { limits } = settings;
  const runners = Object.entries(settings.runners).map(([name, runner]) => [
    name,
    overridden(name, runner, overrides),
  ]);
  return {
    ...settings,
    runners: Object.fromEntries(runners),
    defaultMode: overrides.mode ?? settings.defaultMode,
    defaultModels: overrides.models ?? settings.defaultModels,
    limits: {
      ...limits,
      timeoutMs: overrides.timeoutMs ?? limits.timeoutMs,
      retries: overrides.retries ?? limits.retries,
    },
    sandbox: floorOf(overrides.sandbox, settings.sandbox),
    strict: overrides.strict ?? settings.strict,
    history: withHistory(settings.history, overrides.history),
    cassette: withCassette(settings.cassette, overrides),
    cache: { ...settings.cache, use: overrides.cache ?? settings.cache.use },
    engine: { url: overrides.engine ?? settings.engine.url },
  };
}

function withHistory(
  history: Settings['history'],
  said: FlagOverrides['history'],
): Settings['history'] {
  if (said === undefined) return history;
  if (said === false) return { ...history, keep: false };
  return { ...history, keep: true, ...historyPlace(said) };
}

/** A stronger place that says one of the two takes the place of both: whoever records does not want to replay. */
function withCassette(
  before: Settings['cassette'],
  { record, replay, replayPace: pace = before.pace }: FlagOverrides,
): Settings['cassette'] {
  if (record === undefined && replay === undefined) return { ...before, pace };
  if (record !== undefined && replay !== undefined && record !== replay) {
    throw new OrchestratorError(
      'bad-usage',
      `Cannot replay ${replay} and record to ${record}: wanted one file for both`,
    );
  }
  return { record, replay, pace };
}

/** The weakest level that a wish allows; `auto` and no wish leave it as it was. */
export function floorOf(wish: SandboxWish | undefined, before: SandboxLevel): SandboxLevel {
  return wish === undefined || wish === 'auto' ? before : wish;
}

/** Whether xAI's key can be handed to a runner: never to one that asks another vendor. */
export function takesGrokKey(runner: RunnerSettings | undefined): boolean {
  return runner?.type === 'grok' || (runner?.type === 'api' && runner.provider === 'xai');
}

function overridden(
  name: string,
  runner: RunnerSettings,
  { timeoutMs, retries, grokApiKey }: FlagOverrides,
): RunnerSettings {
  return {
    ...runner,
    ...(timeoutMs !== undefined && { timeoutMs: undefined }),
    ...(retries !== undefined && { retries: undefined }),
    ...(grokApiKey !== undefined && name === 'grok' && takesGrokKey(runner)
      ? { apiKey: grokApiKey }
      : undefined),
  };
}
