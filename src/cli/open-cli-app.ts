import { type App, openApp } from '../app/app.ts';
import { loadSettings } from '../config/load-settings.ts';
import { safeLine } from '../report/safe-text.ts';
import type { CommandIo } from './command-io.ts';
import type { LimitOptions, LocalOptions, SandboxOptions } from './run-options.ts';

/** What the command line says about settings. */
interface SettingsOptions extends LimitOptions, LocalOptions, SandboxOptions {
  readonly config?: string;
}

/** Opens the program with the settings that hold here; a configuration file that is not used is named on stderr. */
export async function openCliApp(
  { config, timeout, retries, sandbox, local, small }: SettingsOptions,
  { cwd, env, stderr }: CommandIo,
): Promise<App> {
  const overrides = { timeoutMs: timeout, retries, sandbox };
  const { settings, notices } = await loadSettings({ cwd, env, configFile: config, overrides });
  for (const notice of notices) stderr.write(`${safeLine(notice)}\n`);
  if (!local && !small) return openApp(settings, { env });
  const { withLocalModel } = await import('../app/local-model.ts');
  return openApp(withLocalModel(settings, { small: small === true, timeoutMs: timeout }), { env });
}
