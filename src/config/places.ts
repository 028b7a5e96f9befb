import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Environment } from './environment.ts';

const folderName = 'multi-model-orchestrator';

/** Finds the home folder of the person. */
export function homeFolder({ HOME, USERPROFILE }: Environment): string {
  return absolute(HOME) ?? absolute(USERPROFILE) ?? homedir();
}

/** Finds the folder of the user's own configuration; it need not exist. */
export function configFolder(env: Environment, platform: string = process.platform): string {
  const { XDG_CONFIG_HOME, APPDATA } = env;
  const usual = {
    windows: absolute(APPDATA) ?? join(homeFolder(env), 'AppData', 'Roaming'),
    other: join(homeFolder(env), '.config'),
  };
  return join(absolute(XDG_CONFIG_HOME) ?? placeOn(platform, env, usual), folderName);
}

/** Finds the folder of what is remembered about this machine; it need not exist. */
export function stateFolder(env: Environment, platform: string = process.platform): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = env;
  const usual = {
    windows: absolute(LOCALAPPDATA) ?? join(homeFolder(env), 'AppData', 'Local'),
    other: join(homeFolder(env), '.local', 'state'),
  };
  return join(absolute(XDG_STATE_HOME) ?? placeOn(platform, env, usual), folderName);
}

/** Finds the folder of what was downloaded; it need not exist. */
export function dataFolder(env: Environment, platform: string = process.platform): string {
  const { XDG_DATA_HOME, LOCALAPPDATA } = env;
  const usual = {
    windows: absolute(LOCALAPPDATA) ?? join(homeFolder(env), 'AppData', 'Local'),
    other: join(homeFolder(env), '.local', 'share'),
  };
  return join(absolute(XDG_DATA_HOME) ?? placeOn(platform, env, usual), folderName);
}

/** Finds the folder of what can be had again at a price; it need not exist. */
export function cacheFolder(env: Environment, platform: string = process.platform): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = env;
  const home = homeFolder(env);
  const usual: Readonly<Record<string, string>> = {
    win32: join(absolute(LOCALAPPDATA) ?? join(home, 'AppData', 'Local'), 'Cache'),
    darwin: join(home, 'Library', 'Caches'),
  };
  const place = absolute(XDG_CACHE_HOME) ?? usual[platform] ?? join(home, '.cache');
  return join(place, folderName);
}

function placeOn(
  platform: string,
  env: Environment,
  usual: { readonly windows: string; readonly other: string },
): string {
  if (platform === 'win32') return usual.windows;
  // Apple has one place for both.
  if (platform === 'darwin') return join(homeFolder(env), 'Library', 'Application Support');
  return usual.other;
}

/** The XDG specification tells to ignore a relative path; an empty one is as good as none. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
