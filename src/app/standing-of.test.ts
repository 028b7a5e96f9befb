import { expect, test } from 'vitest';
import { builtInSettings } from '../config/defaults.ts';
import type { RunnerSettings } from '../domain/runner-settings.ts';
import { standingOf } from './standing-of.ts';

const codex = builtInSettings.runners['codex'];
const server = (model: string): RunnerSettings => ({
  timeoutMs: undefined,
  stallMs: undefined,
  retries: undefined,
  concurrency: undefined,
  price: undefined,
  maxOutputTokens: undefined,
  type: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:1/v1',
  apiKeyEnv: undefined,
  headers: {},
  model,
});
const family = (name: string, settings?: RunnerSettings) =>
  standingOf(name, settings, 'general').family;

test.each([
  ['anthropic/claude-sonnet-4', 'claude'],
  ['gpt-5-mini', 'gpt'],
  ['openai/o4-mini', 'gpt'],
  ['google/gemma-3-27b', 'gemini'],
  ['qwen2.5-coder:7b', 'qwen'],
  ['deepseek-r1-distill-qwen-7b', 'deepseek'],
  ['meta-llama/Llama-3.1-8B', 'llama'],
])('standingOf() takes %s for a model of the family %s', (model, wanted) => {
  expect(family('mine', server(model))).toBe(wanted);
});

test('standingOf() goes by the vendor where no model is named', () => {
  expect(family('second', codex)).toBe('gpt');
});

test('standingOf() goes by the model id before the vendor whose program asks it', () => {
  expect(family('codex', codex && { ...codex, model: 'qwen3-coder' })).toBe('qwen');
});

test('standingOf() makes a family of its own of what it does not know', () => {
  expect(family('house', server('our-model'))).toBe('house');
  expect(family('given')).toBe('given');
});

test('standingOf() puts a stated family first', () => {
  expect(family('codex', codex && { ...codex, family: 'ours' })).toBe('ours');
});

test('standingOf() takes the strength of the category, and none where none is stated', () => {
  const strong = codex && { ...codex, strength: { backend: 0.9 } };
  expect(standingOf('codex', strong, 'backend').strength).toBe(0.9);
  expect(standingOf('codex', strong, 'frontend').strength).toBeUndefined();
  expect(standingOf('codex', codex && { ...codex, strength: 0.2 }, 'frontend').strength).toBe(0.2);
});
