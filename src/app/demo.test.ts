import { expect, test } from 'vitest';
import { builtInSettings } from '../config/defaults.ts';
import { demoSettings, demoTasks, findDemoTask } from './demo.ts';

test('demoSettings() replaces every runner by its recordings, whatever is configured', () => {
  const mine = {
    type: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:1/v1',
    model: 'mine',
    apiKeyEnv: undefined,
    headers: {},
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
  } as const;
  const settings = demoSettings({
    ...builtInSettings,
    runners: { mine },
    categories: [{ name: 'general', keywords: [], primaries: ['mine'], validators: [] }],
    limits: { ...builtInSettings.limits, retries: 3 },
  });
  expect(Object.keys(settings.runners)).toEqual(['claude-code', 'codex', 'gemini', 'grok']);
  expect(new Set(Object.values(settings.runners).map(({ type }) => type))).toEqual(
    new Set(['replay']),
  );
  expect(settings.categories).toEqual(builtInSettings.categories);
  expect(settings.limits).toMatchObject({ timeoutMs: 4000, retries: 3 });
});

test('findDemoTask() finds a task by its id and by its exact text', () => {
  for (const task of demoTasks()) {
    expect(findDemoTask(task.id)).toEqual(task);
    expect(findDemoTask(`${task.text}\n`)).toEqual(task);
  }
});

test('findDemoTask() refuses another task and says how to ask a real model', () => {
  expect(() => findDemoTask('Write a compiler')).toThrow(
    expect.objectContaining({
      code: 'no-recording',
      message: expect.stringMatching(/^Cannot replay "Write a compiler": .*slugify/),
      hint: expect.stringMatching(/install.*set a key.*local server/),
    }),
  );
});
