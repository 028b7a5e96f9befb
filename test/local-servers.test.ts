import { afterEach, beforeEach, expect, test } from 'vitest';
import { type App, openApp } from '../src/app/app.ts';
import { builtInSettings } from '../src/config/defaults.ts';
import { settingsFrom } from '../src/config/settings-from.ts';
import type { Task } from '../src/domain/task.ts';
import { type LocalModels, localModels } from './support/local-models.ts';

const task: Task = {
  text: 'Add two numbers',
  context: [],
  mode: 'simple',
  models: undefined,
  validators: undefined,
  strict: false,
};

let server: LocalModels;
beforeEach(async () => {
  server = await localModels(['qwen', 'llama']);
});
afterEach(() => server.close());

/** An app on a machine with nothing but the server, as Ollama. */
function app(): App {
  const ports = { ollama: server.port, 'lm-studio': 1, 'llama-server': 1, vllm: 1 };
  const settings = settingsFrom({ localServers: ports }, builtInSettings, '/');
  return openApp(settings, { env: { PATH: '', HOME: '/nowhere' } });
}

test('models() shows a local server that runs, with its models, and none that does not', async () => {
  const rows = await app().models();
  expect(rows.map(({ name }) => name)).toEqual([
    'claude-code',
    'codex',
    'gemini',
    'grok',
    'ollama',
  ]);
  expect(rows.at(-1)).toMatchObject({
    type: 'local server',
    availability: { status: 'available' },
    models: ['qwen', 'llama'],
  });
});

test('doctor() checks a local server that runs', async () => {
  const rows = await app().doctor({ signal: new AbortController().signal, offline: true });
  expect(rows.at(-1)).toMatchObject({
    name: 'ollama',
    probe: { signedIn: 'not-needed', reach: { status: 'reached' } },
  });
});

test.each([
  ['ollama', 'qwen'],
  ['ollama:llama', 'llama'],
])('run() asks %s for an answer of %s', async (name, model) => {
  const record = await app().run({ ...task, models: [name] });
  expect(record.status).toBe('complete');
  expect(record.attempts).toMatchObject([{ status: 'answered', runner: name, model }]);
});

test('run() lets a local server stand in when nobody else can be asked, and says so', async () => {
  const record = await app().run(task);
  expect(record.plan.substitutions).toMatchObject([{ runner: 'ollama', because: 'not-installed' }]);
  expect(record.attempts).toMatchObject([{ status: 'answered', model: 'qwen' }]);
});

test.each([
  ['stand-ins are forbidden', { strict: true }],
  ['the models were named', { models: ['codex'] }],
])('run() looks for no local server when %s', async (_, changes) => {
  const record = await app().run({ ...task, ...changes });
  expect(record.status).toBe('failed');
  expect(server.requests).toEqual([]);
});

test('run() sends a local server one request at a time, its time starting when the queue is left', async () => {
  const models = ['ollama', 'ollama:llama', 'ollama:mistral'];
  const record = await app().run({ ...task, models });
  expect(record.attempts.map(({ status }) => status)).toEqual(['answered', 'answered', 'answered']);
  expect(server.mostAtOnce()).toBe(1);
});

test('run() refuses a name that is no local server', async () => {
  await expect(app().run({ ...task, models: ['olama'] })).rejects.toMatchObject({
    code: 'unknown-model',
  });
});
