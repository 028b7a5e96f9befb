import { dirname, resolve } from 'node:path';
import { isLimited } from '../domain/budget.ts';
import type { Settings } from '../domain/settings.ts';
import { badConfiguration, shown } from './bad-configuration.ts';
import { checkRunners } from './check-runners.ts';
import { builtInSettings } from './defaults.ts';
import { type Environment, isCi } from './environment.ts';
import {
  environmentOrigin,
  environmentOverrides,
  mistypedVariables,
} from './environment-variables.ts';
import { findProjectFile, findUserFile } from './find-config-file.ts';
import { type FlagOverrides, takesGrokKey, withOverrides } from './overrides.ts';
import { projectFolder } from './project-folder.ts';
import { readConfigFile } from './read-config-file.ts';
import { mergeConfig } from './settings-from.ts';
import { isTrusted } from './trust.ts';

/** Where settings come from. */
export interface LoadInput {
  /** Where the search for the project's file begins. */
  readonly cwd: string;
  readonly env: Environment;
  /** A file in place of the project's; it is trusted. */
  readonly configFile?: string | undefined;
  /** What the command line says. */
  readonly overrides?: FlagOverrides | undefined;
  /** In place of the home folder that the environment names. */
  readonly home?: string | undefined;
}

/** Settings, and how they came about. */
export interface LoadedSettings {
  readonly settings: Settings;
  /** The files that were used, absolute, the weakest first. */
  readonly files: readonly string[];
  /** One line each for what was found and not used. */
  readonly notices: readonly string[];
}

/**
 * Loads the settings: the built-in ones, the user's own file, the project's file, the environment
 * and the flags, each stronger than the one before. Throws `bad-configuration`.
 */
export async function loadSettings(input: LoadInput): Promise<LoadedSettings> {
  const { cwd, overrides = {} } = input;
  const env = withHome(input.env, input.home);
  const { ORCHESTRATOR_CONFIG } = env;
  const own = findUserFile(env);
  const found = await projectFile(input.configFile ?? ORCHESTRATOR_CONFIG, { cwd, env });
  const files = [own, found.file].filter((file) => file !== undefined);

  let settings = usualSettings(env);
  for (const file of files) settings = await withFile({ file, isOwn: file === own }, settings, cwd);
  const stated = environmentOverrides(env);
  const known = [...Object.keys(settings.runners), ...Object.keys(settings.localServers)];
  checkRunners(stated.models, known, { origin: environmentOrigin, path: ['ORCHESTRATOR_MODELS'] });
  settings = withOverrides(withOverrides(settings, stated), overrides);
  if (isLimited(settings.budgets.project)) {
    const folder = projectFolder(cwd, found.file);
    settings = { ...settings, budgets: { ...settings.budgets, folder } };
  }

  const notices = [...found.notices, ...mistypedVariables(env), ...keyNotices(settings, overrides)];
  return { settings, files, notices };
}

function withHome(env: Environment, home: string | undefined): Environment {
  return home === undefined ? env : { ...env, HOME: home, USERPROFILE: home };
}

interface Found {
  readonly file: string | undefined;
  readonly notices: readonly string[];
}

/** A file that a person names is trusted; one that is found is used only in a trusted folder. */
async function projectFile(
  named: string | undefined,
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Promise<Found> {
  if (named !== undefined && named !== '') return { file: resolve(cwd, named), notices: [] };
  const file = findProjectFile(cwd, env);
  if (file === undefined || (await isTrusted(dirname(file), env))) return { file, notices: [] };
  const notice = `Ignored ${file}: this folder is not trusted; run "orchestrator trust" to allow it`;
  return { file: undefined, notices: [notice] };
}

/** On a machine of a continuous integration nobody reads warnings, so there the kernel has to confine. */
function usualSettings(env: Environment): Settings {
  if (!isCi(env)) return builtInSettings;
  // Apple's kernel confines by Seatbelt, which stands below Linux' own in the order of levels.
  return { ...builtInSettings, sandbox: process.platform === 'darwin' ? 'seatbelt' : 'kernel' };
}

interface ConfigSource {
  readonly file: string;
  /** Whether it is the user's own and not a project's. */
  readonly isOwn: boolean;
}

async function withFile(
  { file, isOwn }: ConfigSource,
  settings: Settings,
  cwd: string,
): Promise<Settings> {
  const { value, origin } = await readConfigFile(file, cwd);
  // Most runs have no file, and need not wait for the schema.
  const { parseConfig } = await import('./parse-config.ts');
  const config = parseConfig(value, origin);
  if (config.sandbox !== undefined && !isOwn) {
    const says = `is ${shown(config.sandbox)}, wanted nothing: only your own file and --sandbox decide on it`;
    throw badConfiguration(origin, { path: ['sandbox'], says });
  }
  return mergeConfig(config, settings, origin);
}

function keyNotices(settings: Settings, { grokApiKey }: FlagOverrides): readonly string[] {
  const { grok } = settings.runners;
  if (grokApiKey === undefined || takesGrokKey(grok)) return [];
  return [
    'Ignored the key for grok: the runner of this name is redefined, and asks another vendor',
  ];
}
