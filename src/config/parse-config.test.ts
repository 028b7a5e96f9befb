import { expect, test } from 'vitest';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Origin } from './bad-configuration.ts';
import { parseConfig } from './parse-config.ts';

const origin: Origin = { source: 'orchestrator.config.json', prefix: [], folder: '/project' };

function lineFor(value: unknown, from: Origin = origin): string {
  try {
    parseConfig(value, from);
  } catch (error) {
    if (error instanceof OrchestratorError && error.code === 'bad-configuration') {
      return error.message;
    }
    throw error;
  }
  throw new Error('the configuration was taken');
}

const server = { type: 'openai-compatible', baseURL: 'http://127.0.0.1:1/v1', model: 'm' };
const types =
  'claude-code, codex, gemini, grok, openai-compatible, api, command, module, local, replay';
const wantedUrl = 'wanted a URL string that starts with http:// or https://';
const nameRule = 'letters, digits, "-", "_" and "."';

test.each<[string, unknown]>([
  ['it is a list, wanted an object', [1]],
  ['it is null, wanted an object', null],
  ['it is a function, wanted an object', () => undefined],
  ['mode is "fast", wanted one of simple, medium, complex, architectural, auto', { mode: 'fast' }],
  ['timeout is "60", wanted seconds from 0.001 to 86400', { timeout: '60' }],
  ['timeout is 0, wanted seconds from 0.001 to 86400', { timeout: 0 }],
  ['timeout is NaN, wanted seconds from 0.001 to 86400', { timeout: Number.NaN }],
  ['runTimeout is 1000000, wanted seconds from 0.001 to 86400', { runTimeout: 1e6 }],
  ['retries is 1.5, wanted a whole number from 0 to 10', { retries: 1.5 }],
  ['retries is -1, wanted a whole number from 0 to 10', { retries: -1 }],
  ['strict is "yes", wanted true or false', { strict: 'yes' }],
  ['models is an empty list, wanted a list of runners', { models: [] }],
  ['models[1] is 4, wanted a non-empty string', { models: ['codex', 4] }],
  ['timout is no known key, did you mean timeout', { timout: 3 }],
  [
    'colour is no known key, wanted one of $schema, mode, models, route, timeout, stall, runTimeout, retries, sandbox, strict, checks, history, cache, budgets, engine, localServers, runners, providers, categories, modes',
    { colour: 'red' },
  ],
  ['runners is a list, wanted an object of runners by name', { runners: ['codex'] }],
  [`runners has the key "a b", wanted a runner name of ${nameRule}`, { runners: { 'a b': {} } }],
  ['runners.gpt is "x", wanted an object', { runners: { gpt: 'x' } }],
  [
    `runners.gpt.type is "openai", wanted one of ${types}`,
    { runners: { gpt: { type: 'openai' } } },
  ],
  [`runners.gpt.baseURL is 12, ${wantedUrl}`, { runners: { gpt: { ...server, baseURL: 12 } } }],
  [
    `runners.gpt.baseURL is "localhost:1/v1", ${wantedUrl}`,
    { runners: { gpt: { ...server, baseURL: 'localhost:1/v1' } } },
  ],
  [
    `runners.gpt.baseURL is missing, ${wantedUrl}`,
    { runners: { gpt: { ...server, baseURL: undefined } } },
  ],
  [
    'runners.gpt.bseURL is no known key, did you mean baseURL',
    { runners: { gpt: { type: 'openai-compatible', bseURL: 'http://127.0.0.1', model: 'm' } } },
  ],
  [
    'runners["gpt-4.1"].apiKey is no known key, did you mean apiKeyEnv',
    { runners: { 'gpt-4.1': { ...server, apiKey: 'sk-secret' } } },
  ],
  [
    'runners.gpt.apiKeyEnv is another text, wanted the name of an environment variable',
    { runners: { gpt: { ...server, apiKeyEnv: 'sk-secret' } } },
  ],
  [
    'runners.gpt.headers.Authorization is another text, wanted a string without line breaks',
    { runners: { gpt: { ...server, headers: { Authorization: 'Bearer secret\n' } } } },
  ],
  [
    'runners.gpt.headers has the key another text, wanted the name of an HTTP header',
    { runners: { gpt: { ...server, headers: { 'Bearer secret': '' } } } },
  ],
  [
    'runners.gpt.price.inputPerMillion is -1, wanted US dollars for a million tokens',
    { runners: { gpt: { ...server, price: { inputPerMillion: -1, outputPerMillion: 1 } } } },
  ],
  [
    'runners.gpt.concurrency is 0, wanted a whole number from 1 to 1000',
    { runners: { gpt: { ...server, concurrency: 0 } } },
  ],
  [
    'runners.a.provider is "azure", wanted one of anthropic, openai, google, xai',
    { runners: { a: { type: 'api', provider: 'azure', model: 'm' } } },
  ],
  [
    'runners.c.command is an empty list, wanted a list with the program and its arguments',
    { runners: { c: { type: 'command', command: [], prompt: 'stdin' } } },
  ],
  [
    'runners.c.command is "ollama run", wanted a list with the program and its arguments',
    { runners: { c: { type: 'command', command: 'ollama run', prompt: 'stdin' } } },
  ],
  [
    'runners.c.prompt is missing, wanted one of stdin, file',
    { runners: { c: { type: 'command', command: ['x'] } } },
  ],
  [
    'runners.m.path is no known key of a runner without type, wanted one of type, command, baseURL, model, timeout, stall, retries, concurrency, requestsPerMinute, tokensPerMinute, price, family, strength, maxOutputTokens, outputMaxBytes',
    { runners: { m: { path: './m.jsonl' } } },
  ],
  [
    'runners.m.url is missing, wanted a path or a file: URL',
    { runners: { m: { type: 'module' } } },
  ],
  [
    'runners.r.as is missing, wanted a non-empty string',
    {
      runners: { r: { type: 'replay', path: 'r.jsonl' } },
    },
  ],
  [
    'categories.x is true, wanted an object, or false to remove the category',
    {
      categories: { x: true },
    },
  ],
  [`categories has the key "", wanted a category name of ${nameRule}`, { categories: { '': {} } }],
  [
    'categories.x.keywords[0] is 1, wanted a non-empty string',
    {
      categories: { x: { keywords: [1] } },
    },
  ],
  [
    'categories.x.keyword is no known key, did you mean keywords',
    {
      categories: { x: { keyword: ['a'] } },
    },
  ],
  [
    'modes.medium.primaries is 0, wanted a whole number from 1 to 16, or "all"',
    {
      modes: { medium: { primaries: 0 } },
    },
  ],
  [
    'modes.big is no known key, wanted one of simple, medium, complex, architectural',
    {
      modes: { big: {} },
    },
  ],
])('parseConfig() says in one line: %s', (says, value) => {
  expect(lineFor(value)).toBe(`Cannot use orchestrator.config.json: ${says}`);
});

test('parseConfig() starts the path with the key of a package.json', () => {
  const inPackage = { ...origin, source: 'package.json', prefix: ['orchestrator'] };
  expect(lineFor({ retries: 'x' }, inPackage)).toBe(
    'Cannot use package.json: orchestrator.retries is "x", wanted a whole number from 0 to 10',
  );
  expect(lineFor(4, inPackage)).toBe(
    'Cannot use package.json: orchestrator is 4, wanted an object',
  );
});

test('parseConfig() shortens what was found and keeps it on one line', () => {
  const line = lineFor({ mode: `${'x\n'.repeat(100)}` });
  expect(line).not.toContain('\n');
  expect(line.length).toBeLessThan(250);
});

test('parseConfig() gives back what it took', () => {
  const config = {
    $schema: './schema.json',
    runners: { gpt: server },
    categories: { data: false },
  };
  expect(parseConfig(config, origin)).toEqual(config);
});
