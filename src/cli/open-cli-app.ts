import { type App, openApp } from '../app/app.ts';
import { loadSettings } from '../config/load-settings.ts';
import { safeLine } from '../report/safe-text.ts';
import type { CommandIo } from './command-io.ts';
import type { LimitOptions } from './run-options.ts';

/** What the command line says about settings. */
interface SettingsOptions extends LimitOptions {
  readonly config?: string;
}

/** Opens the program with the settings that hold here; a configuration file that is not used is named on stderr. */
export async function openCliApp(
  { config, timeout, retries }: SettingsOptions,
  { cwd, env, stderr }: CommandIo,
): Promise<App> {
  const overrides = { timeoutMs: timeout, retries };
  const { settings, notices } = await loadSettings({ cwd, env, configFile: config, overrides });
  for (const notice of notices) stderr.write(`${safeLine(notice)}\n`);
  return openApp(settings, { env });
}
