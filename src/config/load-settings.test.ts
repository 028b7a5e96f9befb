import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../test/support/folder-with.ts';
import { builtInSettings } from './defaults.ts';
import { type LoadedSettings, type LoadInput, loadSettings } from './load-settings.ts';
import { trustFolder } from './trust.ts';

const ownFile = 'xdg/multi-model-orchestrator/config.json';
const projectFile = 'project/orchestrator.config.json';

/** Loads in `project`, which is trusted, with a home of its own. */
async function loaded(
  files: Readonly<Record<string, unknown>>,
  { env = {}, ...input }: Partial<LoadInput> = {},
): Promise<LoadedSettings & { readonly at: string }> {
  const texts = Object.entries(files).map(([name, value]) => [name, textOf(value)]);
  await using folder = await folderWith({ 'project/': '', ...Object.fromEntries(texts) });
  const { path } = folder;
  const home = { HOME: path, XDG_CONFIG_HOME: join(path, 'xdg'), XDG_STATE_HOME: path };
  await trustFolder(join(path, 'project'), home);
  const cwd = join(path, input.cwd ?? 'project');
  return { ...(await loadSettings({ ...input, env: { ...home, ...env }, cwd })), at: path };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

test('loadSettings() is the built-in settings when nothing is said', async () => {
  const { settings, files, notices } = await loaded({});
  expect({ settings, files, notices }).toEqual({
    settings: builtInSettings,
    files: [],
    notices: [],
  });
});

test('loadSettings() lets each place be stronger than the one before', async () => {
  const places = { [ownFile]: { retries: 1, stall: 11 }, [projectFile]: { retries: 2, stall: 12 } };
  const retries = async (...load: Parameters<typeof loaded>): Promise<number> =>
    (await loaded(...load)).settings.limits.retries;
  const env = { ORCHESTRATOR_RETRIES: '3' };
  expect([
    await retries({ [ownFile]: { retries: 7 } }),
    await retries(places),
    await retries(places, { env }),
    await retries(places, { env, overrides: { retries: 4 } }),
  ]).toEqual([7, 2, 3, 4]);
});

test('loadSettings() adds what the places say, and names the files, the weakest first', async () => {
  const { settings, files, at } = await loaded({
    [ownFile]: { mode: 'complex', runners: { codex: { model: 'mine', timeout: 5 } } },
    [projectFile]: { strict: true, runners: { codex: { timeout: 6 } } },
  });
  expect(settings).toMatchObject({ defaultMode: 'complex', strict: true });
  expect(settings.runners).toMatchObject({ codex: { model: 'mine', timeoutMs: 6000 } });
  expect(files).toEqual([join(at, ownFile), join(at, projectFile)]);
});

test('loadSettings() finds the project from a folder inside of it', async () => {
  const { settings } = await loaded(
    { 'project/src/deep/': '', [projectFile]: { mode: 'simple' } },
    { cwd: 'project/src/deep' },
  );
  expect(settings.defaultMode).toBe('simple');
});

test('loadSettings() reads the key of package.json', async () => {
  const { settings } = await loaded({
    'project/package.json': { name: 'x', orchestrator: { mode: 'simple' } },
  });
  expect(settings.defaultMode).toBe('simple');
});

test.each([projectFile.replace('project', 'other'), 'other/package.json'])(
  'loadSettings() ignores %s of a folder that is not trusted, and says so',
  async (name) => {
    const config = { mode: 'simple', colour: 'red' };
    const value = name.endsWith('package.json') ? { orchestrator: config } : config;
    const { settings, files, notices, at } = await loaded({ [name]: value }, { cwd: 'other' });
    expect(settings).toEqual(builtInSettings);
    expect(files).toEqual([]);
    expect(notices).toEqual([
      `Ignored ${join(at, name)}: this folder is not trusted; run "orchestrator trust" to allow it`,
    ]);
  },
);

test('loadSettings() takes nothing from farther up when the nearest file is not trusted', async () => {
  const { settings, notices } = await loaded(
    { [projectFile]: { mode: 'simple' }, 'project/sub/orchestrator.config.json': {} },
    { cwd: 'project/sub' },
  );
  expect(settings.defaultMode).toBe('medium');
  expect(notices).toHaveLength(1);
});

test.each([
  ['a flag', { configFile: '../named/given.json' }],
  ['the environment', { env: { ORCHESTRATOR_CONFIG: '../named/given.json' } }],
])(
  "loadSettings() reads a file that %s names, trusted, instead of the project's",
  async (_, by) => {
    const { settings, files, notices, at } = await loaded(
      {
        'named/given.json': { runners: { codex: { command: './codex' } } },
        [projectFile]: { mode: 'simple' },
      },
      by,
    );
    expect(settings.defaultMode).toBe('medium');
    expect(settings.runners).toMatchObject({ codex: { command: join(at, 'named', 'codex') } });
    expect([files, notices]).toEqual([[join(at, 'named', 'given.json')], []]);
  },
);

test('loadSettings() takes a named package.json by its key', async () => {
  const { settings } = await loaded(
    { 'named/package.json': { orchestrator: { mode: 'simple' } } },
    { configFile: '../named/package.json' },
  );
  expect(settings.defaultMode).toBe('simple');
});

test('loadSettings() reads JSON with a byte order mark', async () => {
  const { settings } = await loaded({ [projectFile]: '\uFEFF{"mode":"simple"}' });
  expect(settings.defaultMode).toBe('simple');
});

test.each<[string, Readonly<Record<string, unknown>>, Partial<LoadInput>]>([
  [
    'Cannot use orchestrator.config.json: retries is "x", wanted a whole number from 0 to 10',
    { [projectFile]: { retries: 'x' } },
    {},
  ],
  [
    'Cannot use package.json: orchestrator.strct is no known key, did you mean strict',
    { 'project/package.json': { orchestrator: { strct: true } } },
    {},
  ],
  [
    'Cannot use package.json: orchestrator.models[0] is "x", wanted one of the known runners claude-code, codex, gemini, grok, ollama, lm-studio, llama-server, vllm',
    { 'project/package.json': { orchestrator: { models: ['x'] } } },
    {},
  ],
  [
    'Cannot use the environment: ORCHESTRATOR_MODELS[0] is "x", wanted one of the known runners claude-code, codex, gemini, grok, ollama, lm-studio, llama-server, vllm',
    {},
    { env: { ORCHESTRATOR_MODELS: 'x' } },
  ],
  ['Cannot use gone.json: there is no such file', {}, { configFile: 'gone.json' }],
  [
    'Cannot use folder.json: it is a folder, wanted a file',
    { 'project/folder.json/': '' },
    { configFile: 'folder.json' },
  ],
  [
    'Cannot use package.json: it has no key "orchestrator"',
    { 'project/package.json': {} },
    { configFile: 'package.json' },
  ],
  [
    'Cannot use a.yaml: wanted a package.json, or a file that ends in .ts, .mts, .js, .mjs, .json',
    { 'project/a.yaml': 'mode: simple' },
    { configFile: 'a.yaml' },
  ],
])('loadSettings() says in one line: %s', async (message, files, input) => {
  await expect(loaded(files, input)).rejects.toMatchObject({ code: 'bad-configuration', message });
});

test('loadSettings() names what is wrong with JSON on one line', async () => {
  const message = await loaded({ [projectFile]: '{\n  "mode": "simple",\n  oops\n}' }).catch(
    (error: unknown) => String(Object(error).message),
  );
  expect(message).toMatch(/^Cannot use orchestrator\.config\.json: it is not JSON: .*line 3.*$/);
});

test('loadSettings() names a file outside of the working directory in full', async () => {
  const broken = loaded({ [ownFile]: { mode: 1 } });
  await expect(broken).rejects.toThrow(/^Cannot use .*[\\/]xdg[\\/].*config\.json: mode is 1/);
  await expect(broken).rejects.toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('..') }),
  );
});

test('loadSettings() uses the home folder that it is given', async () => {
  await using at = await folderWith({
    'cwd/': '',
    'home/.config/multi-model-orchestrator/config.json': '{"mode":"simple"}',
    'home/Library/Application Support/multi-model-orchestrator/config.json': '{"mode":"simple"}',
    'home/AppData/Roaming/multi-model-orchestrator/config.json': '{"mode":"simple"}',
  });
  const home = join(at.path, 'home');
  const { settings } = await loadSettings({ cwd: join(at.path, 'cwd'), env: {}, home });
  expect(settings.defaultMode).toBe('simple');
});

test('loadSettings() hands over the key for grok, or says why not', async () => {
  const overrides = { grokApiKey: 'xai-1' };
  const builtIn = await loaded({}, { overrides });
  expect(builtIn.settings.runners).toMatchObject({ grok: { apiKey: 'xai-1' } });
  expect(builtIn.notices).toEqual([]);
  const grok = { type: 'openai-compatible', baseURL: 'http://127.0.0.1:1', model: 'm' };
  const redefined = await loaded({ [projectFile]: { runners: { grok } } }, { overrides });
  expect(redefined.notices).toEqual([
    'Ignored the key for grok: the runner of this name is redefined, and asks another vendor',
  ]);
});

test('loadSettings() names a mistyped variable', async () => {
  const { notices } = await loaded({}, { env: { ORCHESTRATOR_MODLES: 'codex' } });
  expect(notices).toEqual(['Ignored ORCHESTRATOR_MODLES: did you mean ORCHESTRATOR_MODELS']);
});

test.each([
  ['runtime where nothing is said', {}, undefined, 'runtime'],
  [
    'what the user\u2019s own file says',
    { [ownFile]: { sandbox: 'namespaces' } },
    undefined,
    'namespaces',
  ],
  ['what a flag says, before all files', { [ownFile]: { sandbox: 'kernel' } }, 'none', 'none'],
  ['what the file says, for the flag auto', { [ownFile]: { sandbox: 'kernel' } }, 'auto', 'kernel'],
] as const)('loadSettings() takes %s for the sandbox', async (_, files, sandbox, floor) => {
  const { settings } = await loaded(files, { overrides: { sandbox } });
  expect(settings.sandbox).toBe(floor);
});

test.each([
  ['true', ['kernel', 'seatbelt']],
  ['false', ['runtime']],
])('loadSettings() takes a floor of the sandbox for CI=%s', async (CI, floors) => {
  const { settings } = await loaded({}, { env: { CI } });
  expect(floors).toContain(settings.sandbox);
});

test.each(['runtime', 'namespaces'])(
  'loadSettings() lets no file of a project decide on the sandbox: %s',
  async (sandbox) => {
    await expect(loaded({ [projectFile]: { sandbox } })).rejects.toThrow(
      /sandbox is ".*wanted nothing/,
    );
  },
);

test('loadSettings() lets no file at all do without a sandbox', async () => {
  await expect(loaded({ [ownFile]: { sandbox: 'none' } })).rejects.toThrow(/sandbox is "none"/);
});
