import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { configFolder, dataFolder, homeFolder, stateFolder } from './places.ts';

const home = resolve('/home/me');
const at = (path: string): string => resolve(path, 'multi-model-orchestrator');

test.each([
  ['linux', { HOME: home }, ['/home/me/.config', '/home/me/.local/state']],
  [
    'darwin',
    { HOME: home },
    ['/home/me/Library/Application Support', '/home/me/Library/Application Support'],
  ],
  ['win32', { USERPROFILE: home }, ['/home/me/AppData/Roaming', '/home/me/AppData/Local']],
  ['win32', { HOME: home, APPDATA: resolve('/r'), LOCALAPPDATA: resolve('/l') }, ['/r', '/l']],
  [
    'darwin',
    { HOME: home, XDG_CONFIG_HOME: resolve('/c'), XDG_STATE_HOME: resolve('/s') },
    ['/c', '/s'],
  ],
  [
    'linux',
    { HOME: home, XDG_CONFIG_HOME: 'relative', XDG_STATE_HOME: '' },
    ['/home/me/.config', '/home/me/.local/state'],
  ],
])('configFolder() and stateFolder() on %s with %j', (platform, env, folders) => {
  expect([configFolder(env, platform), stateFolder(env, platform)]).toEqual(folders.map(at));
});

test('homeFolder() asks the system when the environment does not say', () => {
  expect(homeFolder({ HOME: '' })).toBe(homeFolder({}));
});

test.each([
  ['linux', { HOME: '/home/me' }, '/home/me/.local/share/multi-model-orchestrator'],
  ['linux', { HOME: '/home/me', XDG_DATA_HOME: '/data' }, '/data/multi-model-orchestrator'],
  [
    'darwin',
    { HOME: '/Users/me' },
    '/Users/me/Library/Application Support/multi-model-orchestrator',
  ],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/multi-model-orchestrator'],
])('dataFolder() finds the place on %s', (platform, env, folder) => {
  expect(dataFolder(env, platform)).toBe(folder);
});
