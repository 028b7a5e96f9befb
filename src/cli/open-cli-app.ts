import { resolve } from 'node:path';
import { type App, openApp } from '../app/app.ts';
import { loadSettings } from '../config/load-settings.ts';
import { safeLine } from '../report/safe-text.ts';
import type { CommandIo } from './command-io.ts';
import type { HistoryOptions, LimitOptions, LocalOptions, SandboxOptions } from './run-options.ts';

/** What the command line says about settings. */
interface SettingsOptions extends LimitOptions, LocalOptions, SandboxOptions, HistoryOptions {
  readonly config?: string;
}

/** Opens the program with the settings that hold here; a configuration file that is not used is named on stderr. */
export async function openCliApp(
  { config, timeout, retries, sandbox, local, small, history }: SettingsOptions,
  { cwd, env, stderr }: CommandIo,
): Promise<App> {
  const kept = typeof history === 'string' ? resolve(cwd, history) : history;
  const overrides = { timeoutMs: timeout, retries, sandbox, history: kept };
  const { settings, notices } = await loadSettings({ cwd, env, configFile: config, overrides });
  for (const notice of notices) stderr.write(`${safeLine(notice)}\n`);
  const tools = { env, keepsHistory: true };
  if (!local && !small) return openApp(settings, tools);
  const { withLocalModel } = await import('../app/local-model.ts');
  return openApp(withLocalModel(settings, { small: small === true, timeoutMs: timeout }), tools);
}
