import { resolve } from 'node:path';
import { type App, type AppTools, openApp } from '../app/app.ts';
import { loadSettings } from '../config/load-settings.ts';
import type { FlagOverrides } from '../config/overrides.ts';
import { isPostgresUrl } from '../lib/postgres-url.ts';
import { safeLine } from '../report/safe-text.ts';
import type { CommandIo } from './command-io.ts';
import { exporting } from './exporting.ts';
import type {
  EngineOptions,
  HistoryOptions,
  KeepOptions,
  LimitOptions,
  LocalOptions,
  SandboxOptions,
} from './run-options.ts';

/** What the command line says about settings. */
interface SettingsOptions
  extends LimitOptions,
    LocalOptions,
    SandboxOptions,
    HistoryOptions,
    EngineOptions,
    KeepOptions {
  readonly config?: string;
}

/** Opens the program with the settings that hold here; a configuration file that is not used is named on stderr. */
export async function openCliApp(
  options: SettingsOptions,
  io: CommandIo,
  more: Pick<AppTools, 'observers' | 'isServer'> = {},
): Promise<App> {
  const { cwd, env, stderr } = io;
  const { config, timeout, local, small } = options;
  const overrides = overridesOf(options, cwd);
  const { settings, notices } = await loadSettings({ cwd, env, configFile: config, overrides });
  for (const notice of notices) stderr.write(`${safeLine(notice)}\n`);
  const tools = { env, keepsHistory: true, ...more };
  if (!local && !small) return exporting(openApp(settings, tools), io);
  const { withLocalModel } = await import('../app/local-model.ts');
  const withModel = withLocalModel(settings, { small: small === true, timeoutMs: timeout });
  return exporting(openApp(withModel, tools), io);
}

function overridesOf(options: SettingsOptions, cwd: string): FlagOverrides {
  const { timeout, retries, sandbox, history, record, replay, replayPace, cache, engine } = options;
  const isFile = typeof history === 'string' && !isPostgresUrl(history);
  return {
    timeoutMs: timeout,
    retries,
    sandbox,
    history: isFile ? resolve(cwd, history) : history,
    record: record === undefined ? undefined : resolve(cwd, record),
    replay: replay === undefined ? undefined : resolve(cwd, replay),
    replayPace,
    cache,
    engine,
  };
}
