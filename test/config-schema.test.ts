import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { ConfigFile } from '../src/config/config-file.ts';
import { configSchema } from '../src/config/schema.ts';

const published: unknown = JSON.parse(
  readFileSync(new URL('../schema/config.schema.json', import.meta.url), 'utf8'),
);

function validator(): ValidateFunction {
  // Editors check the format; Ajv has none of its own.
  const formats = { uri: (text: string): boolean => URL.canParse(text) };
  return new Ajv2020({ formats }).compile(Object(published));
}

const server = { type: 'openai-compatible', baseURL: 'http://127.0.0.1:1/v1', model: 'm' } as const;

const examples: Readonly<Record<string, ConfigFile>> = {
  empty: {},
  limits: {
    $schema: './node_modules/multi-model-orchestrator/schema/config.schema.json',
    mode: 'auto',
    models: ['codex'],
    timeout: 0.5,
    stall: 20,
    runTimeout: 600,
    retries: 0,
    strict: true,
  },
  'each type of runner': {
    runners: {
      'gpt-4.1': { ...server, apiKeyEnv: 'KEY', headers: { 'x-title': 'me' }, concurrency: 2 },
      opus: {
        type: 'api',
        provider: 'anthropic',
        model: 'opus',
        price: { inputPerMillion: 5, outputPerMillion: 25 },
        maxOutputTokens: 8000,
      },
      tool: {
        type: 'command',
        command: ['./tool', '--model', '{model}', '{prompt-file}'],
        prompt: 'file',
        env: ['TOOL_KEY'],
        model: 'small',
      },
      mine: { type: 'module', url: './mine.mjs', timeout: 5, stall: 2, retries: 3 },
      played: { type: 'replay', path: 'answers.jsonl', as: 'codex' },
      codex: { command: 'codex-beta', baseURL: 'http://127.0.0.1:1', model: 'm' },
      second: { type: 'claude-code' },
    },
  },
  categories: {
    categories: {
      games: { keywords: ['sprite'], primaries: ['codex'], validators: [] },
      backend: { validator: 'grok' },
      data: false,
    },
  },
  modes: { modes: { medium: { primaries: 3, validators: 0 }, simple: { primaries: 'all' } } },
};

test.each(Object.entries(examples))(
  'the published schema takes a configuration: %s',
  (_, config) => {
    const validate = validator();
    validate(config);
    expect(validate.errors).toBe(null);
    expect(configSchema.safeParse(config)).toMatchObject({ success: true });
  },
);

test.each<[string, unknown]>([
  ['an unknown key', { colour: 'red' }],
  ['an unknown mode', { mode: 'fast' }],
  ['a number that is no number', { timeout: '60' }],
  ['no time at all', { timeout: 0 }],
  ['an unknown type', { runners: { a: { type: 'openai' } } }],
  ['a runner without what its type needs', { runners: { a: { type: 'openai-compatible' } } }],
  ['a key of another type', { runners: { a: { ...server, command: ['x'] } } }],
  ['no URL', { runners: { a: { ...server, baseURL: 'nowhere' } } }],
  ['an empty command', { runners: { a: { type: 'command', command: [], prompt: 'stdin' } } }],
  ['a key in place of the name of a variable', { runners: { a: { ...server, apiKeyEnv: 'a-b' } } }],
  ['a strange name', { runners: { 'a b': server } }],
  ['a category of true', { categories: { data: true } }],
  ['no seat', { modes: { medium: { primaries: 0 } } }],
])('the published schema and the one in code refuse %s', (_, config) => {
  expect(validator()(config)).toBe(false);
  expect(configSchema.safeParse(config).success).toBe(false);
});

test('the published schema describes every key', () => {
  const described = keysOf(published, []);
  expect(described.length).toBeGreaterThan(60);
  expect(described.filter(({ description }) => !/^\S.{8,}\.$/.test(String(description)))).toEqual(
    [],
  );
});

interface Key {
  readonly path: string;
  readonly description: unknown;
}

/** Every property in the schema, wherever it stands. */
function keysOf(schema: unknown, path: readonly string[]): readonly Key[] {
  return Object.entries(Object(schema)).flatMap(([name, part]) => {
    if (typeof part !== 'object') return [];
    const inner = keysOf(part, [...path, name]);
    if (path.at(-1) !== 'properties') return inner;
    return [{ path: [...path, name].join('.'), description: Object(part).description }, ...inner];
  });
}
