import { resolve } from 'node:path';
import type { LocalServers } from '../domain/local-server.ts';
import { type Mode, type ModeShape, modes } from '../domain/mode.ts';
import type { RunnerSettings } from '../domain/runner-settings.ts';
import type { CacheSettings, HistorySettings, Settings } from '../domain/settings.ts';
import type { CheckSettings } from '../domain/task-checks.ts';
import { badConfiguration, type Origin } from './bad-configuration.ts';
import { budgetsFrom } from './budgets-from.ts';
import { categoriesFrom } from './categories-from.ts';
import { checkRunners } from './check-runners.ts';
import type { ConfigFile } from './config-file.ts';
import { historyPlace } from './history-place.ts';
import { floorOf } from './overrides.ts';
import { milliseconds, rateLimitsFrom, runnerFrom } from './runner-from.ts';

/**
 * Adds a configuration to the settings, relative paths starting from the folder; throws
 * `bad-configuration`. The shape is taken as checked: what may have another goes through
 * `parseConfig` first.
 */
export function settingsFrom(config: ConfigFile, base: Settings, folder: string): Settings {
  return mergeConfig(config, base, givenOrigin(folder));
}

/** The origin of a configuration that a program hands over. */
export function givenOrigin(folder: string): Origin {
  return { source: 'the given configuration', prefix: [], folder };
}

/** Adds a checked configuration of any origin to the settings; throws `bad-configuration`. */
export function mergeConfig(config: ConfigFile, base: Settings, origin: Origin): Settings {
  const runners = runnersFrom(config, base, origin);
  const localServers = localServersFrom(config, base);
  const known = [...Object.keys(runners), ...Object.keys(localServers)];
  checkRunners(config.models, known, { origin, path: ['models'] });
  const { limits } = base;
  return {
    runners,
    providers: providersFrom(config, base.providers),
    categories: categoriesFrom(config.categories ?? {}, base.categories, { known, origin }),
    modes: modesFrom(config, base.modes),
    defaultMode: config.mode ?? base.defaultMode,
    defaultModels: config.models ?? base.defaultModels,
    route: config.route ?? base.route,
    limits: {
      timeoutMs: milliseconds(config.timeout) ?? limits.timeoutMs,
      stallMs: milliseconds(config.stall) ?? limits.stallMs,
      retries: config.retries ?? limits.retries,
      runTimeoutMs: milliseconds(config.runTimeout) ?? limits.runTimeoutMs,
    },
    localServers,
    checks: checksFrom(config, base.checks, origin),
    sandbox: floorOf(config.sandbox, base.sandbox),
    strict: config.strict ?? base.strict,
    history: historyFrom(config, base.history, origin),
    cassette: base.cassette,
    cache: cacheFrom(config, base.cache, origin),
    budgets: budgetsFrom(config, base.budgets),
    engine: config.engine ?? base.engine,
  };
}

function runnersFrom(
  { runners = {} }: ConfigFile,
  base: Settings,
  origin: Origin,
): Readonly<Record<string, RunnerSettings>> {
  const changed = Object.entries(runners).map(([name, entry]): [string, RunnerSettings] => {
    const before = Object.hasOwn(base.runners, name) ? base.runners[name] : undefined;
    const made = runnerFrom(entry, before, origin.folder);
    if ('flaw' in made) {
      const { path, says } = made.flaw;
      throw badConfiguration(origin, { path: ['runners', name, ...path], says });
    }
    return [name, made.settings];
  });
  return { ...base.runners, ...Object.fromEntries(changed) };
}

function providersFrom(
  { providers = {} }: ConfigFile,
  base: Settings['providers'],
): Settings['providers'] {
  const stated = Object.entries(providers).map(([name, entry]) => {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    return [name, rateLimitsFrom({ ...before, ...entry })] as const;
  });
  return { ...base, ...Object.fromEntries(stated) };
}

function checksFrom(
  { checks = {} }: ConfigFile,
  base: CheckSettings,
  origin: Origin,
): CheckSettings {
  const { folder } = origin;
  return {
    commands: checks.commands ?? base.commands,
    tests: checks.tests?.map((path) => resolve(folder, path)) ?? base.tests,
    folder: checks.folder === undefined ? base.folder : resolve(folder, checks.folder),
    timeoutMs: milliseconds(checks.timeout) ?? base.timeoutMs,
  };
}

function historyFrom(
  { history }: ConfigFile,
  base: HistorySettings,
  { folder }: Origin,
): HistorySettings {
  if (history === undefined) return base;
  if (history === false) return { ...base, keep: false };
  if (typeof history === 'string') {
    return { ...base, keep: true, ...historyPlace(history, folder) };
  }
  const { path, url, passwordEnv, retentionDays = base.retentionDays } = history;
  const place = url ?? path;
  const { server, ...rest } = place === undefined ? base : historyPlace(place, folder);
  return {
    ...{ keep: true, retentionDays, path: rest.path },
    server: server && { ...server, passwordEnv: passwordEnv ?? server.passwordEnv },
  };
}

/** Milliseconds of a day. */
const dayMs = 86_400_000;

function cacheFrom({ cache }: ConfigFile, base: CacheSettings, { folder }: Origin): CacheSettings {
  if (cache === undefined) return base;
  if (typeof cache === 'boolean') return { ...base, use: cache };
  const { path, maxAgeDays, maxBytes = base.maxBytes } = cache;
  return {
    use: true,
    path: path === undefined ? base.path : resolve(folder, path),
    maxAgeMs: maxAgeDays === undefined ? base.maxAgeMs : maxAgeDays * dayMs,
    maxBytes,
  };
}

function localServersFrom({ localServers = {} }: ConfigFile, base: Settings): LocalServers {
  return localServers === false ? {} : { ...base.localServers, ...localServers };
}

function modesFrom(config: ConfigFile, base: Settings['modes']): Readonly<Record<Mode, ModeShape>> {
  const shape = (mode: Mode): ModeShape => ({
    primaries: config.modes?.[mode]?.primaries ?? base[mode].primaries,
    validators: config.modes?.[mode]?.validators ?? base[mode].validators,
  });
  const [simple, medium, complex, architectural] = modes;
  return {
    [simple]: shape(simple),
    [medium]: shape(medium),
    [complex]: shape(complex),
    [architectural]: shape(architectural),
  };
}
