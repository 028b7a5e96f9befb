import type { RunnerConfig } from '../config/config-file.ts';
import { parseConfig } from '../config/parse-config.ts';
import { givenOrigin, mergeConfig } from '../config/settings-from.ts';
import type { BaseModelRunner } from '../domain/base-model-runner.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Runner } from '../domain/runner.ts';
import type { RunnerSettings } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import { fromModelRunner } from '../runners/module/from-model-runner.ts';

/** What can stand under a name in `orch.runners`: a runner, or a declaration of one. */
export type RunnerEntry = BaseModelRunner | Runner | RunnerConfig | RunnerSettings;

/** Entries, told apart. */
export interface SortedRunners {
  /** The settings with every declared runner. */
  readonly settings: Settings;
  /** The runners that live in this thread. */
  readonly given: Readonly<Record<string, Runner>>;
}

/** Tells declarations from runners; throws `bad-configuration` for a declaration that cannot be used. */
export function sortRunners(
  entries: Readonly<Record<string, RunnerEntry>>,
  base: Settings,
): SortedRunners {
  const given: Record<string, Runner> = {};
  const known: Record<string, RunnerSettings> = {};
  const declared: Record<string, RunnerConfig> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (typeof entry !== 'object' || entry === null) throw notARunner(name);
    if ('execute' in entry) given[name] = fromModelRunner(entry);
    else if ('ask' in entry) given[name] = entry;
    else if (isOf(base, name, entry)) known[name] = entry;
    else declared[name] = entry;
  }
  const origin = givenOrigin(process.cwd());
  const config = parseConfig({ runners: declared }, origin);
  const settings = mergeConfig(config, { ...base, runners: { ...known } }, origin);
  return { settings, given };
}

function notARunner(name: string): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot use runners["${name}"]: wanted a runner, or a declaration of one`,
  );
}

/** Whether an entry is still the one that the settings put there. */
function isOf(base: Settings, name: string, entry: RunnerEntry): entry is RunnerSettings {
  return entry === base.runners[name];
}
