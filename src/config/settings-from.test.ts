import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type {
  CategoryConfig,
  CliRunnerConfig,
  CommandConfig,
  ConfigFile,
  LocalConfig,
} from './config-file.ts';
import { builtInSettings } from './defaults.ts';
import { settingsFrom } from './settings-from.ts';

type ProcessRunner = CliRunnerConfig | CommandConfig | LocalConfig;

const folder = resolve('/project');
const merged = (config: ConfigFile, base = builtInSettings) => settingsFrom(config, base, folder);
const category = (config: ConfigFile, name: string) =>
  merged(config).categories.find((each) => each.name === name);
const server = {
  type: 'openai-compatible',
  baseURL: 'http://127.0.0.1:1/v1/',
  model: 'm',
} as const;

const unsaid = {
  model: undefined,
  timeoutMs: undefined,
  stallMs: undefined,
  retries: undefined,
  concurrency: undefined,
  price: undefined,
  maxOutputTokens: undefined,
};

test('settingsFrom() changes nothing for an empty configuration', () => {
  expect(merged({})).toEqual(builtInSettings);
});

test('settingsFrom() takes seconds and keeps what is not said', () => {
  const settings = merged({ timeout: 1.5, runTimeout: 90, mode: 'auto', strict: true });
  expect(settings.limits).toEqual({
    timeoutMs: 1500,
    stallMs: 30_000,
    retries: 1,
    runTimeoutMs: 90_000,
  });
  expect([settings.defaultMode, settings.strict]).toEqual(['auto', true]);
});

test('settingsFrom() lets the stronger configuration win and adds to the weaker', () => {
  const weaker = merged({ timeout: 5, retries: 4, runners: { codex: { model: 'a', timeout: 7 } } });
  const { limits, runners } = merged({ retries: 0, runners: { codex: { timeout: 8 } } }, weaker);
  expect(limits).toMatchObject({ timeoutMs: 5000, retries: 0 });
  expect(runners).toMatchObject({ codex: { type: 'codex', model: 'a', timeoutMs: 8000 } });
});

test('settingsFrom() changes one number of one mode', () => {
  const { modes } = merged({ modes: { medium: { validators: 2 }, simple: { primaries: 'all' } } });
  expect(modes).toEqual({
    ...builtInSettings.modes,
    medium: { primaries: 2, validators: 2 },
    simple: { primaries: 'all', validators: 0 },
  });
});

test('settingsFrom() adjusts a built-in runner by an entry without type', () => {
  const { runners } = merged({ runners: { codex: { command: 'codex-beta', concurrency: 2 } } });
  const { codex } = builtInSettings.runners;
  expect(runners).toHaveProperty('codex', { ...codex, command: 'codex-beta', concurrency: 2 });
});

test.each<[string, ProcessRunner]>([
  ['codex', {}],
  ['mine', { type: 'command', command: ['x'], prompt: 'stdin' }],
  ['own', { type: 'local' }],
])('settingsFrom() bounds the output of %s, also by an entry without type', (name, entry) => {
  const stated = merged({ runners: { [name]: { ...entry, outputMaxBytes: 2000 } } });
  const adjusted = merged({ runners: { [name]: { outputMaxBytes: 3000 } } }, stated);
  expect(stated.runners).toHaveProperty([name, 'outputMaxBytes'], 2000);
  expect(adjusted.runners).toHaveProperty([name, 'outputMaxBytes'], 3000);
});

test('settingsFrom() redefines a built-in name with any type, in its place', () => {
  const { runners } = merged({ runners: { 'claude-code': server, mine: server } });
  expect(Object.keys(runners)).toEqual(['claude-code', 'codex', 'gemini', 'grok', 'mine']);
  expect(runners).toHaveProperty('claude-code', {
    ...unsaid,
    type: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:1/v1',
    model: 'm',
    apiKeyEnv: undefined,
    headers: {},
  });
});

test('settingsFrom() takes nothing over from a runner that is redefined with a type', () => {
  const secret = { ...server, apiKeyEnv: 'KEY', headers: { 'x-secret': '1' } };
  const weaker = merged({ runners: { gpt: secret } });
  const elsewhere = { ...server, baseURL: 'http://127.0.0.1:2/v1' };
  const { runners } = merged({ runners: { gpt: elsewhere } }, weaker);
  expect(runners).toHaveProperty('gpt.apiKeyEnv', undefined);
  expect(runners).toHaveProperty('gpt.headers', {});
});

test('settingsFrom() resolves paths and URLs against the folder', () => {
  const { runners } = merged({
    runners: {
      tool: { type: 'command', command: ['./bin/tool', '../x.js', 'a/b'], prompt: 'stdin' },
      onPath: { type: 'command', command: ['node', './ask.mjs'], prompt: 'file', env: ['KEY'] },
      relative: { type: 'module', url: './runner.mjs' },
      absolute: { type: 'module', url: 'file:///elsewhere/runner.mjs' },
      played: { type: 'replay', path: 'recordings/a.jsonl', as: 'codex' },
      codex: { command: 'tools/codex' },
    },
  });
  const atFolder = (path: string): string => join(folder, path);
  expect(runners).toMatchObject({
    tool: { command: [atFolder('bin/tool'), resolve(folder, '../x.js'), 'a/b'], env: [] },
    onPath: { command: ['node', atFolder('ask.mjs')], prompt: 'file', env: ['KEY'] },
    relative: { url: pathToFileURL(atFolder('runner.mjs')).href },
    absolute: { url: 'file:///elsewhere/runner.mjs' },
    played: { path: atFolder('recordings/a.jsonl'), as: 'codex' },
    codex: { command: atFolder('tools/codex') },
  });
});

test("settingsFrom() makes a vendor's API of it", () => {
  const { runners } = merged({
    runners: {
      opus: {
        type: 'api',
        provider: 'anthropic',
        model: 'opus',
        stall: 9,
        price: { inputPerMillion: 5, outputPerMillion: 25 },
      },
    },
  });
  expect(runners).toHaveProperty('opus', {
    ...unsaid,
    type: 'api',
    provider: 'anthropic',
    model: 'opus',
    stallMs: 9000,
    price: { inputPerMillion: 5, outputPerMillion: 25 },
    apiKeyEnv: undefined,
    apiKey: undefined,
    baseUrl: undefined,
  });
});

test('settingsFrom() redefines a category partly', () => {
  expect(category({ categories: { backend: { keywords: ['grpc'] } } }, 'backend')).toEqual({
    name: 'backend',
    keywords: ['grpc'],
    primaries: ['claude-code', 'codex'],
    validators: ['gemini', 'grok'],
  });
});

test('settingsFrom() puts one validator in front of those of before', () => {
  const found = category({ categories: { backend: { validator: 'grok' } } }, 'backend');
  expect(found?.validators).toEqual(['grok', 'gemini']);
});

test('settingsFrom() lets no inherited validator check its own answer', () => {
  const found = category(
    { categories: { backend: { primaries: ['codex', 'gemini'] } } },
    'backend',
  );
  expect(found?.validators).toEqual(['grok', 'claude-code']);
});

test.each<[string, CategoryConfig]>([
  ['validator', { validator: 'codex' }],
  ['validators[1]', { validators: ['grok', 'codex'] }],
])('settingsFrom() refuses a primary of a category as its %s', (place, entry) => {
  const backend = { primaries: ['gemini', 'codex'], ...entry };
  expect(() => merged({ categories: { backend } })).toThrow(
    `categories.backend.${place} is "codex", wanted a runner that is none of the primaries: no model reviews its own answer`,
  );
});

test('settingsFrom() takes validators as they are listed', () => {
  const found = category({ categories: { backend: { validators: ['codex'] } } }, 'backend');
  expect(found?.validators).toEqual(['codex']);
});

test('settingsFrom() adds categories after the built-in ones and before general', () => {
  const { categories } = merged({
    runners: { mine: server },
    categories: {
      games: { keywords: ['sprite'], primaries: ['mine', 'codex'], validator: 'grok' },
      data: false,
      general: { primaries: ['mine'] },
    },
  });
  expect(categories.map(({ name }) => name)).toEqual([
    'frontend',
    'backend',
    'devops',
    'scripts',
    'architecture',
    'games',
    'general',
  ]);
  expect(categories.slice(-2)).toEqual([
    {
      name: 'games',
      keywords: ['sprite'],
      primaries: ['mine', 'codex'],
      validators: ['grok'],
    },
    {
      name: 'general',
      keywords: [],
      primaries: ['mine'],
      validators: ['gemini', 'grok', 'claude-code', 'codex'],
    },
  ]);
});

const knownRunners =
  'wanted one of the known runners claude-code, codex, gemini, grok, ollama, lm-studio, llama-server, vllm';

test.each<[string, ConfigFile]>([
  [`models[1] is "gtp", ${knownRunners}`, { models: ['codex', 'gtp'] }],
  [`models[0] is "codx", ${knownRunners}; did you mean codex`, { models: ['codx'] }],
  [`models[0] is "constructor", ${knownRunners}`, { models: ['constructor'] }],
  [
    `categories.backend.primaries[0] is "gpt", ${knownRunners}`,
    { categories: { backend: { primaries: ['gpt'] } } },
  ],
  [
    `categories.backend.validators[0] is "gpt", ${knownRunners}`,
    { categories: { backend: { validators: ['gpt'] } } },
  ],
  [
    `categories.backend.validator is "gpt", ${knownRunners}`,
    { categories: { backend: { validator: 'gpt' } } },
  ],
  [
    'categories.backend has validator and validators, wanted one of them',
    { categories: { backend: { validator: 'grok', validators: ['grok'] } } },
  ],
  [
    'categories.fronted is false, but there is no such category; did you mean frontend',
    { categories: { fronted: false } },
  ],
  [
    'categories.games.primaries is missing, wanted a list: no category has this name yet',
    { categories: { games: { keywords: ['sprite'] } } },
  ],
  [
    'categories.bakend.keywords is missing, wanted a list: no category has this name yet; did you mean backend',
    { categories: { bakend: { primaries: ['codex'] } } },
  ],
  [
    'categories.backend.keywords is an empty list, wanted words that show it',
    { categories: { backend: { keywords: [] } } },
  ],
  [
    'categories.general is false, wanted an object: it serves what no keyword decides',
    { categories: { general: false } },
  ],
  [
    'categories.general.keywords is a list, wanted nothing: the category serves what no keyword decides',
    { categories: { general: { keywords: ['x'] } } },
  ],
  [
    'runners.gpt.type is missing, wanted one of claude-code, codex, gemini, grok, openai-compatible, api, command, module, local, replay: no runner has this name yet',
    { runners: { gpt: { model: 'm' } } },
  ],
  [
    'runners.toString.type is missing, wanted one of claude-code, codex, gemini, grok, openai-compatible, api, command, module, local, replay: no runner has this name yet',
    { runners: { toString: { model: 'm' } } },
  ],
  [
    'runners.mine.url is "https://127.0.0.1/x.mjs", wanted a path or a file: URL',
    { runners: { mine: { type: 'module', url: 'https://127.0.0.1/x.mjs' } } },
  ],
])('settingsFrom() says in one line: %s', (says, config) => {
  expect(() => merged(config)).toThrow(
    expect.objectContaining({
      code: 'bad-configuration',
      message: `Cannot use the given configuration: ${says}`,
    }),
  );
});

test('settingsFrom() adjusts a redefined runner only by what all runners have', () => {
  const weaker = merged({ runners: { codex: server } });
  const { runners } = merged({ runners: { codex: { retries: 3 } } }, weaker);
  expect(runners).toMatchObject({ codex: { type: 'openai-compatible', model: 'm', retries: 3 } });
  expect(() => merged({ runners: { codex: { command: 'x' } } }, weaker)).toThrow(
    'runners.codex.command is "x", wanted a type beside it: the runner of before is openai-compatible',
  );
});

test('settingsFrom() moves and adds local servers, and takes them all away by false', () => {
  const { localServers } = merged({ localServers: { ollama: 11500, mlx: 8081 } });
  expect(localServers).toEqual({ ...builtInSettings.localServers, ollama: 11500, mlx: 8081 });
  expect(merged({ localServers: false }).localServers).toEqual({});
});

test('settingsFrom() knows local servers where runners are named', () => {
  expect(merged({ models: ['ollama', 'vllm:qwen'] }).defaultModels).toEqual([
    'ollama',
    'vllm:qwen',
  ]);
  const general = { general: { primaries: ['ollama'] } };
  expect(category({ categories: general }, 'general')?.primaries).toEqual(['ollama']);
  expect(() => merged({ models: ['olama'] })).toThrow('did you mean ollama');
});

test('settingsFrom() gives a local model more time, and a path from the folder', () => {
  const { runners } = merged({
    runners: { small: { type: 'local', file: 'a.gguf' }, quick: { type: 'local', timeout: 5 } },
  });
  expect(runners).toMatchObject({
    small: { type: 'local', file: join(folder, 'a.gguf'), timeoutMs: 600_000, stallMs: 180_000 },
    quick: { file: undefined, timeoutMs: 5000 },
  });
});
